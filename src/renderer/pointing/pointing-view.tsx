import { visible } from '../../contract/visible'
import { useEffect, useState, type MouseEvent } from 'react'
import type { Result } from '../../contract/operations'
import type { Point, Rect } from '../../contract/rects'
import { Keycap } from '../components/keycap'
import type { Call } from '../state/call'
import { pointingTexts as texts } from '../texts/pointing'
import { Magnifier } from './magnifier'
import { onScreen, windowUnder, within } from './place'
import { Shade } from './shade'

export type Scene = Result<'pointing.scene'>

interface PointingViewProps {
  readonly scene: Scene
  readonly screen: Rect
  /** The address of the screen's picture. */
  readonly picture: string
  readonly call: Call
}

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}
const LONG_STEP = 10

/** One screen's frozen picture, to be pointed at by mouse or arrow keys. */
export function PointingView({ scene, screen, picture, call }: PointingViewProps) {
  const [at, setAt] = useState<Point>()
  const [refusal, setRefusal] = useState<string>()
  const window = at && windowUnder(at, scene.windows)
  const choose = (place: Point) => {
    call('pointing.choose', { at: [place.x, place.y] }).catch((error: unknown) => setRefusal(sentence(error)))
  }
  usePointingKeys(screen, at, { move: setAt, choose, cancel: () => void call('pointing.cancel', {}) })
  return (
    <div
      role="application"
      aria-label={texts.label(scene.name)}
      className="relative h-full cursor-none overflow-hidden"
      onMouseMove={(event) => setAt(placeOf(event, screen))}
      onMouseLeave={() => setAt(undefined)}
      onClick={(event) => choose(placeOf(event, screen))}
    >
      <img src={picture} alt="" className="absolute inset-0 size-full" draggable={false} />
      <Shade screen={screen} window={window?.rect} at={at} />
      {at ? <Magnifier picture={picture} at={at} screen={screen} window={window} /> : null}
      <Help
        scene={scene}
        refusal={refusal}
        atTop={at !== undefined && at.y > screen.y + screen.height * 0.75}
      />
    </div>
  )
}

function placeOf(event: MouseEvent, screen: Rect): Point {
  const page = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight }
  return onScreen({ x: event.clientX, y: event.clientY }, page, screen)
}

interface KeyActions {
  move(to: Point): void
  choose(at: Point): void
  cancel(): void
}

function usePointingKeys(screen: Rect, at: Point | undefined, { move, choose, cancel }: KeyActions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = steps[event.key]
      if (event.key === 'Escape') cancel()
      else if (event.key === 'Enter' && at) choose(at)
      else if (step) move(within(moved(at ?? centre(screen), step, event.shiftKey ? LONG_STEP : 1), screen))
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
}

const moved = ({ x, y }: Point, step: Point, by: number) => ({ x: x + step.x * by, y: y + step.y * by })

function centre({ x, y, width, height }: Rect): Point {
  return { x: Math.floor(x + width / 2), y: Math.floor(y + height / 2) }
}

function Help({ scene, refusal, atTop }: { scene: Scene; refusal: string | undefined; atTop: boolean }) {
  return (
    <div
      className={`pointer-events-none absolute inset-x-0 flex flex-col items-center gap-2 ${atTop ? 'top-7' : 'bottom-7'}`}
    >
      {refusal === undefined ? null : (
        <p
          role="alert"
          className="rounded-[9px] border border-line bg-raise px-3.5 py-2 text-bad shadow-card"
        >
          {refusal}
        </p>
      )}
      <p className="flex items-center gap-2 rounded-[9px] border border-line bg-raise px-3.5 py-2 text-soft shadow-card">
        <span>
          {texts.click} <b className="font-semibold text-accent-text">{visible(scene.name)}</b>
        </span>
        <span className="text-faint">·</span>
        <Keycap>Esc</Keycap> {texts.escape}
        <span className="text-faint">·</span>
        {texts.keys}
      </p>
    </div>
  )
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
