/** A sentence that the person should read, across the whole width. */
export function Notice({ tone, children }: { tone: 'bad' | 'plain'; children: string }) {
  return (
    <p
      role={tone === 'bad' ? 'alert' : 'note'}
      className={`selectable mb-3 rounded-[9px] border border-line bg-panel px-3.5 py-2 ${tone === 'bad' ? 'text-bad' : 'text-soft'}`}
    >
      {children}
    </p>
  )
}
