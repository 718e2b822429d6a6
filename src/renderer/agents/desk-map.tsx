import type { Agent } from '../../contract/agent'
import type { Desk, SeenAgent } from '../../contract/desktop-look'
import { around, type Rect } from '../../contract/rects'
import { agentTexts as texts } from '../texts/agents'
import { placed } from './map-geometry'

interface DeskMapProps {
  /** Undefined until it was first seen. */
  readonly desk: Desk | undefined
  readonly agents: readonly Agent[]
  readonly selected: string | undefined
  onSelect(name: string): void
}

/** Every screen to scale with its windows, rearmost first, and each agent's number where its input is. */
export function DeskMap({ desk, agents, selected, onSelect }: DeskMapProps) {
  const all = around((desk?.screens ?? []).map(({ rect }) => rect))
  if (!desk || !all || agents.length === 0) return null
  return (
    <section
      aria-label={texts.map}
      className="flex shrink-0 justify-center rounded-[11px] border border-line bg-[radial-gradient(var(--line)_1px,transparent_1px)] bg-size-[16px_16px] px-5 py-4"
    >
      <div
        className="relative max-w-full [--height:236px] wide:[--height:320px]"
        style={{
          width: `calc(var(--height) * ${all.width / all.height})`,
          aspectRatio: `${all.width} / ${all.height}`,
        }}
      >
        {desk.screens.map(({ rect }) => (
          <div
            key={`${rect.x},${rect.y}`}
            style={placed(rect, all)}
            className="absolute overflow-hidden rounded-[7px] border border-line bg-bg"
          >
            <Windows desk={desk} screen={rect} />
          </div>
        ))}
        {agents.map((agent, index) => (
          <Point
            key={agent.name}
            agent={agent}
            number={index + 1}
            seen={desk.agents.find(({ name }) => name === agent.name)}
            all={all}
            selected={agent.name === selected}
            onSelect={onSelect}
          />
        ))}
      </div>
    </section>
  )
}

/** A window that reaches over two screens is drawn on each, cut off at its edge. */
function Windows({ desk, screen }: { desk: Desk; screen: Rect }) {
  const shown = desk.windows.filter(({ minimized }) => !minimized).toReversed()
  return shown.map(({ id, title, rect }) => (
    <div
      key={id}
      style={placed(rect, screen)}
      className="absolute overflow-hidden rounded-[3px] border border-faint/35 bg-panel"
      title={title}
    >
      <p className="truncate px-1.5 pt-0.5 text-[10.5px] text-faint">{title}</p>
    </div>
  ))
}

interface PointProps {
  readonly agent: Agent
  readonly number: number
  readonly seen: SeenAgent | undefined
  readonly all: Rect
  readonly selected: boolean
  onSelect(name: string): void
}

/** Where the input is now; for an agent whose window is gone, where it was, as an empty ring. */
function Point({ agent: { name, at, enabled }, number, seen, all, selected, onSelect }: PointProps) {
  const point = seen?.point ?? at
  if (!point) return null
  const { left, top } = placed({ x: point[0], y: point[1], width: 0, height: 0 }, all)
  const look = seen?.failure
    ? 'border border-dashed border-bad bg-bg text-bad'
    : enabled
      ? 'bg-accent text-bg ring-4 ring-accent/25'
      : 'bg-faint text-bg'
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={seen?.failure ? `${name}: ${seen.failure.message}` : name}
      title={seen?.failure?.message ?? name}
      style={{ left, top }}
      onClick={() => onSelect(name)}
      className={`absolute grid size-[20px] -translate-1/2 place-items-center rounded-full text-[11px] font-bold ${look} ${selected ? 'outline-2 outline-offset-2 outline-text' : ''}`}
    >
      {number}
    </button>
  )
}
