import koffi from 'koffi'

/** A program and all that it starts from now on, as Windows knows them. */
export interface Job {
  /** Ends all of them at once: Windows has no way to tell a program without a window to end. */
  end(): void
  /** Lets them be. */
  letGo(): void
}

/** To end it, and to put it into a job. */
const TERMINATE_AND_SET_QUOTA = 0x101

// Loaded on Windows only. Handles are numbers; a call that fails answers with 0.
const kernel32 = koffi.load('kernel32.dll')
const call = (signature: string): ((...args: readonly number[]) => number) => kernel32.func(signature)
const createJob = call('uintptr __stdcall CreateJobObjectW(uintptr, uintptr)')
const openProcess = call('uintptr __stdcall OpenProcess(uint32, int, uint32)')
const assign = call('int __stdcall AssignProcessToJobObject(uintptr, uintptr)')
const terminate = call('int __stdcall TerminateJobObject(uintptr, uint32)')
const close = call('int __stdcall CloseHandle(uintptr)')

/** Undefined for a process that has ended. Asked at once after its start, before it can have started another. */
export function jobOf(pid: number): Job | undefined {
  const [job, member] = [createJob(0, 0), openProcess(TERMINATE_AND_SET_QUOTA, 0, pid)]
  const isMember = member !== 0 && assign(job, member) !== 0
  if (member !== 0) close(member)
  if (!isMember) close(job)
  return isMember ? { end: () => void terminate(job, 1), letGo: () => void close(job) } : undefined
}
