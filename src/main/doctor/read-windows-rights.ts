const FILE_OBJECT = 1
const [OWNER, RIGHTS] = [1, 4] as const
const TOKEN_QUERY = 8
const TOKEN_USER = 1

/** A folder's rights in Windows' own text (SDDL), and this user's number. On Windows only; throws where it does not tell. */
export async function readWindowsRights(folder: string): Promise<{ rights: string; user: string }> {
  const { load } = await import('koffi')
  const advapi32 = load('advapi32.dll')
  const kernel32 = load('kernel32.dll')
  const call = (from: typeof advapi32, signature: string) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as each signature says
    from.func(signature) as unknown as (...args: readonly unknown[]) => number
  const read = call(
    advapi32,
    'uint32 __stdcall GetNamedSecurityInfoW(str16, int, uint32, void *, void *, void *, void *, _Out_ uintptr *)',
  )
  const write = call(
    advapi32,
    'int __stdcall ConvertSecurityDescriptorToStringSecurityDescriptorW(uintptr, uint32, uint32, _Out_ str16 *, void *)',
  )
  const descriptor = [0]
  if (read(folder, FILE_OBJECT, OWNER | RIGHTS, null, null, null, null, descriptor) !== 0)
    throw new Error(`Windows does not tell who has a right to ${folder}`)
  const rights = ['']
  const isWritten = write(descriptor[0], 1, OWNER | RIGHTS, rights, null)
  call(kernel32, 'uintptr __stdcall LocalFree(uintptr)')(descriptor[0])
  if (!isWritten) throw new Error(`Windows does not tell who has a right to ${folder}`)
  return { rights: rights[0] ?? '', user: ownNumber(call, advapi32, kernel32) }
}

type Call<L> = (from: L, signature: string) => (...args: readonly unknown[]) => number

function ownNumber<L>(call: Call<L>, advapi32: L, kernel32: L): string {
  const token = [0]
  const process = call(kernel32, 'intptr __stdcall GetCurrentProcess()')()
  call(advapi32, 'int __stdcall OpenProcessToken(intptr, uint32, _Out_ uintptr *)')(
    process,
    TOKEN_QUERY,
    token,
  )
  const user = Buffer.alloc(256)
  const tell = call(
    advapi32,
    'int __stdcall GetTokenInformation(uintptr, int, _Inout_ void *, uint32, _Out_ uint32 *)',
  )
  const isTold = tell(token[0], TOKEN_USER, user, user.length, [0])
  call(kernel32, 'int __stdcall CloseHandle(uintptr)')(token[0])
  const name = ['']
  // What is told begins with a pointer to the number.
  const text = call(advapi32, 'int __stdcall ConvertSidToStringSidW(uint64, _Out_ str16 *)')
  if (!isTold || !text(user.readBigUInt64LE(0), name))
    throw new Error('Windows does not tell whose process this is')
  return name[0] ?? ''
}
