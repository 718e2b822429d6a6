import { OperationError } from '../../contract/failure'
import type { ParsedParams, Result } from '../../contract/operations'

export interface DoctorHandlerDeps {
  examine(): Promise<Result<'doctor.run'>>
  /** Opens the system's settings where Waggle is permitted to use the desktop; undefined where there is no such place. */
  readonly permit: (() => Promise<void>) | undefined
  /** How inputs are read now. */
  reading(): Promise<Result<'desktop.tree'>>
  /** Keeps what the person answered, and switches the accessibility tree so. Throws `OperationError` wrongState where that cannot be done. */
  chooseTree(on: boolean): Promise<void>
}

type DoctorOperation = 'doctor.run' | 'desktop.permit' | 'desktop.tree'

export function doctorHandlers({ examine, permit, reading, chooseTree }: DoctorHandlerDeps) {
  let running: Promise<Result<'doctor.run'>> | undefined
  /** Whoever asks while an examination runs gets its answer: it looks at the same things. */
  const checks = () => {
    running ??= examine().finally(() => (running = undefined))
    return running
  }
  return {
    'doctor.run': async () => checks(),
    'desktop.permit': async () => {
      if (!permit) {
        throw new OperationError(
          'wrongState',
          'This system asks for no permission to use mouse and keyboard; "waggle doctor" says what else is amiss.',
        )
      }
      await permit()
      return {}
    },
    'desktop.tree': async ({ on }) => {
      if (on !== undefined) await chooseTree(on)
      return reading()
    },
  } satisfies { [N in DoctorOperation]: (params: ParsedParams<N>) => Promise<Result<N>> }
}
