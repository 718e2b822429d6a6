import { CloseButton } from './close-button'

interface NoticeProps {
  readonly tone: 'bad' | 'plain'
  readonly children: string
  /** Without it the sentence stays as long as it is true. */
  onClose?(): void
}

/** A sentence that the person should read, across the whole width. */
export function Notice({ tone, children, onClose }: NoticeProps) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'note'}
      className={`mb-3 flex shrink-0 gap-3 rounded-[9px] border border-line bg-panel px-3.5 py-2 ${tone === 'bad' ? 'text-bad' : 'text-soft'}`}
    >
      <p className="selectable flex-1">{children}</p>
      {onClose ? <CloseButton onPress={onClose} /> : null}
    </div>
  )
}
