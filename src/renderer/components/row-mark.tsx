import { Check } from 'lucide-react'

/** The beginning of a row that can be checked: its place in line, which gives way to a box to check. Without a place the box stands. */
export function RowMark({ place, isChecked }: { place?: number | undefined; isChecked: boolean }) {
  return (
    <span className="relative w-[26px] shrink-0 font-mono text-[12px] text-faint">
      <span className={`row-place ${isChecked ? 'invisible' : ''}`}>
        {place === undefined ? '\u00a0' : place.toLocaleString('en')}
      </span>
      <span
        data-check
        aria-hidden="true"
        className={`row-check absolute top-1/2 -left-1 grid size-[24px] -translate-y-1/2 place-items-center ${isChecked || place === undefined ? 'is-shown' : ''}`}
      >
        <span
          className={`grid size-[14px] place-items-center rounded-[4px] border ${isChecked ? 'border-accent bg-accent text-bg' : 'border-faint/60'}`}
        >
          {isChecked ? <Check size={11} strokeWidth={3} /> : null}
        </span>
      </span>
    </span>
  )
}
