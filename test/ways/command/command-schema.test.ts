import { expect, test } from 'vitest'
import { commandSchema } from '../../../src/contract/command'

test.each([
  ['no program', ['']],
  ['the text as the program', ['{text}']],
  ['a path from here on', ['bin/agent', '{text}']],
  ['a shell that gets the text', ['sh', '-c', 'echo {text}']],
  ['a shell that gets the text as its line', ['/bin/bash', '-c', '{text}']],
  ['a shell that reads it', ['bash']],
  ['a shell that reads it for sure', ['zsh', '-s', 'x']],
  ['another machine’s shell', ['ssh', 'host', 'codex', '{text}']],
  ['another machine’s shell that reads it', ['ssh', 'host']],
  ['another machine’s shell by its name', ['ssh', 'host', 'bash']],
  ['Windows’ shell that gets the text', ['cmd', '/d', '/c', 'take.cmd', '{text}']],
  ['Windows’ shell that reads it', ['C:\\Windows\\System32\\CMD.EXE', '/d']],
  ['Windows’ shell that reads on', ['cmd', '/k', 'take.cmd']],
  ['Windows’ shell that runs one', ['cmd', '/c', 'powershell.exe']],
  ['PowerShell that reads it', ['powershell', '-NoProfile', '-ExecutionPolicy', 'Bypass']],
  ['PowerShell that reads it for sure', ['pwsh', '-File', '-']],
  ['Linux’ shell on Windows', ['wsl', '-e', 'codex', '{text}']],
  ['Linux’ shell on Windows that reads it', ['wsl', '-d', 'Debian']],
  ['Linux’ shell on Windows by its name', ['wsl', 'bash']],
])('%s is refused', (_what, command) => {
  expect(commandSchema.safeParse(command).success).toBe(false)
})

test.each([
  [['sh', '/opt/takes-it.sh']],
  [['ssh', 'host', 'takes-it']],
  [['codex', '{text}']],
  [['sort']],
  [['cmd', '/d', '/c', 'C:\\takes it.cmd']],
  [['powershell', '-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', 'C:\\takes-it.ps1']],
  [['pwsh', 'C:\\takes-it.ps1', '--to', 'A']],
  [['wsl', '-d', 'Debian', '-e', 'takes-it']],
])('%s is a command', (command) => {
  expect(commandSchema.safeParse(command).success).toBe(true)
})
