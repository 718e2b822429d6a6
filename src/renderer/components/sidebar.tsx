import type { LiveState } from '../state/live-state'
import { texts } from '../texts'
import { keys } from '../texts/shortcuts'
import { Keycap } from './keycap'

export const views = ['queue', 'agents', 'history', 'settings'] as const
export type View = (typeof views)[number]

interface SidebarProps {
  readonly view: View
  readonly state: LiveState
  onChoose(view: View): void
  onHelp(): void
}

export function Sidebar({ view, state, onChoose, onHelp }: SidebarProps) {
  const counts: Partial<Record<View, number>> = {
    queue: state.status.depth,
    agents: state.agents.length,
  }
  return (
    <nav className="row-span-2 flex flex-col gap-0.5 border-r border-line bg-panel px-2.5 py-3.5">
      <div className="flex items-center gap-2 px-2 pt-0.5 pb-3.5 text-[14px] font-[650]">
        <Hexagon />
        Waggle
      </div>
      {views.map((name, index) => (
        <button
          key={name}
          type="button"
          aria-current={name === view ? 'page' : undefined}
          onClick={() => onChoose(name)}
          className="group flex h-[33px] items-center justify-between rounded-[7px] px-[9px] text-soft transition-colors duration-150 hover:text-text aria-[current]:bg-text/8 aria-[current]:font-[560] aria-[current]:text-text"
        >
          {texts.views[name]}
          {name === 'queue' && state.answers.length > 0 ? <Answers count={state.answers.length} /> : null}
          {counts[name] ? (
            <span className="font-mono text-[12px] font-medium text-faint group-hover:hidden">
              {counts[name].toLocaleString('en')}
            </span>
          ) : null}
          <span aria-hidden="true" className="hidden group-hover:inline">
            <Keycap>{String(index + 1)}</Keycap>
          </span>
        </button>
      ))}
      <button
        type="button"
        onClick={onHelp}
        className="mt-auto flex items-center justify-between rounded-[7px] px-2 py-1 text-[11.5px] text-faint transition-colors duration-150 hover:text-text"
      >
        {texts.shortcuts.open}
        <Keycap>{keys.help}</Keycap>
      </button>
      <p className="mt-1 line-clamp-3 px-2 text-[11.5px] text-faint">{desktopWords(state)}</p>
    </nav>
  )
}

/** Answers to the person that nobody has read yet. */
function Answers({ count }: { count: number }) {
  return (
    <span className="mr-2 ml-auto truncate text-[12px] text-accent-text">{texts.answersToYou(count)}</span>
  )
}

function desktopWords({ status: { holder, delivering } }: LiveState): string {
  if (delivering?.desktop) return texts.desktop.ours
  return holder ? texts.desktop.foreign(holder.pid, holder.reason) : texts.desktop.free
}

function Hexagon() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className="text-accent">
      <path
        d="M5.6 1.9h6.8a1 1 0 0 1 .87.5l3.3 6.1a1 1 0 0 1 0 1l-3.3 6.1a1 1 0 0 1-.87.5H5.6a1 1 0 0 1-.87-.5l-3.3-6.1a1 1 0 0 1 0-1l3.3-6.1a1 1 0 0 1 .87-.5Z"
        fill="currentColor"
      />
    </svg>
  )
}
