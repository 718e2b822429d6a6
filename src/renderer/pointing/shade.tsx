import type { Point, Rect } from '../../contract/rects'

interface ShadeProps {
  readonly screen: Rect
  /** The window under the pointer, which stays bright. */
  readonly window: Rect | undefined
  readonly at: Point | undefined
}

/** Darkens all but the window under the pointer, outlines that, and draws the crosshair; in the screen's own pixels. */
export function Shade({ screen, window, at }: ShadeProps) {
  const { x, y, width, height } = screen
  const hole = window ? box(window) : ''
  return (
    <svg
      aria-hidden="true"
      viewBox={`${x} ${y} ${width} ${height}`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full"
    >
      <path d={`${box(screen)}${hole}`} fillRule="evenodd" className="fill-[#000]/45" />
      {window ? (
        <path
          d={hole}
          className="fill-none stroke-accent"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
      {at ? (
        <path
          d={`M${x} ${at.y + 0.5}h${width}M${at.x + 0.5} ${y}v${height}`}
          className="fill-none stroke-accent"
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
    </svg>
  )
}

function box({ x, y, width, height }: Rect): string {
  return `M${x} ${y}h${width}v${height}h${-width}Z`
}
