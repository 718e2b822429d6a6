import { texts } from '../texts'

export function CloseButton({ onPress }: { onPress(): void }) {
  return (
    <button
      type="button"
      aria-label={texts.close}
      onClick={onPress}
      className="ml-auto shrink-0 rounded-[5px] px-1.5 text-[15px] leading-5 text-faint hover:text-text"
    >
      ×
    </button>
  )
}
