import { useEffect, useRef, useState } from 'react'
import type { SeenWindow } from '../../contract/desktop-look'
import { pointingTexts as texts } from '../texts/pointing'
import type { Point, Rect } from '../../contract/rects'
import { share } from './place'

interface MagnifierProps {
  readonly picture: string
  readonly at: Point
  readonly screen: Rect
  readonly window: SeenWindow | undefined
}

/** How many pixels of the picture are seen, and how large each is: an odd count has one in the middle. */
const SEEN = 21
const ZOOM = 6
const SIDE = SEEN * ZOOM

/** The pixels around the pointer, enlarged, beside it. */
export function Magnifier({ picture, at, screen, window }: MagnifierProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const image = useImage(picture)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !image) return
    // A picture may have more pixels than its screen counts (macOS).
    const density = image.naturalWidth / screen.width
    const half = (SEEN - 1) / 2
    context.imageSmoothingEnabled = false
    context.clearRect(0, 0, SIDE, SIDE)
    const [left, top] = [(at.x - screen.x - half) * density, (at.y - screen.y - half) * density]
    context.drawImage(image, left, top, SEEN * density, SEEN * density, 0, 0, SIDE, SIDE)
    const middle = half * ZOOM
    context.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--accent')
    context.strokeRect(middle - 0.5, middle - 0.5, ZOOM + 1, ZOOM + 1)
  }, [image, at, screen])
  const toLeft = at.x > screen.x + screen.width * 0.8
  const toTop = at.y > screen.y + screen.height * 0.7
  return (
    <div
      style={share(at, screen)}
      className={`pointer-events-none absolute flex flex-col items-center gap-1 ${toLeft ? '-translate-x-[calc(100%+18px)]' : 'translate-x-[18px]'} ${toTop ? '-translate-y-[calc(100%+18px)]' : 'translate-y-[18px]'}`}
    >
      <canvas
        ref={canvas}
        width={SIDE}
        height={SIDE}
        className="rounded-full border-2 border-accent bg-bg shadow-card"
      />
      <span className="rounded-[5px] bg-raise px-1.5 font-mono text-[11px] text-soft">
        {at.x}, {at.y}
      </span>
      <Name window={window} />
    </div>
  )
}

function Name({ window }: { window: SeenWindow | undefined }) {
  const { matches = 1 } = window ?? {}
  return (
    <p
      role="status"
      className={`max-w-[260px] rounded-[6px] px-2 py-0.5 text-center text-[12px] shadow-card ${window ? 'bg-accent-text font-semibold text-bg' : 'bg-raise text-soft'}`}
    >
      <span className="line-clamp-2">{window ? window.title || texts.untitled : texts.nothing}</span>
      {matches > 1 ? <span className="block font-normal">{texts.twins(matches)}</span> : null}
    </p>
  )
}

function useImage(source: string): HTMLImageElement | undefined {
  const [image, setImage] = useState<HTMLImageElement>()
  useEffect(() => {
    const loading = new Image()
    loading.addEventListener('load', () => setImage(loading))
    loading.src = source
  }, [source])
  return image
}
