import type { Desktop } from '../../src/main/desktop/desktop'
import { desktopOf, startWineProgram, type WineProgram } from './wine'

/** Waggle's desktop under Wine, a program with windows, and another one that uses the clipboard, too. */
export interface WineStage {
  readonly desktop: Desktop
  readonly stage: WineProgram
  readonly other: WineProgram
  end(): Promise<void>
}

export async function openStage(): Promise<WineStage> {
  const programs = await Promise.all([
    startWineProgram('desktop-host'),
    startWineProgram('stage'),
    startWineProgram('stage'),
  ])
  const [host, stage, other] = programs
  return {
    desktop: desktopOf(host),
    stage,
    other,
    async end() {
      await Promise.all(programs.map(async (program) => program.stop()))
    },
  }
}
