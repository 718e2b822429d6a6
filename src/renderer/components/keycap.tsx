/** A key, shown where what it does is shown. */
export function Keycap({ children }: { children: string }) {
  return (
    <kbd className="rounded-[4px] border border-line px-1 font-mono text-[11px] leading-[15px] text-faint">
      {children}
    </kbd>
  )
}
