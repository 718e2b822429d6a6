import { CopyButton } from '../components/copy-button'

/** A command to be run elsewhere, ready to be copied. */
export function CommandLine({ children: command }: { children: string }) {
  return (
    <p className="flex max-w-full items-center gap-1 self-start rounded-[6px] border border-line bg-bg px-2.5 py-1">
      <code className="selectable min-w-0 break-words font-mono text-[12px]">{command}</code>
      <CopyButton text={command} />
    </p>
  )
}

/** As a shell takes it. */
export function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`
}
