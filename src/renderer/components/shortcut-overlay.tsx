import { useEffect, useRef } from 'react'
import { texts } from '../texts'
import { CloseButton } from './close-button'
import { Keycap } from './keycap'

/** All keys, over everything else; Escape, a click beside it or the cross close it. */
export function ShortcutOverlay({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    // Nothing in it asks to be pressed.
    dialog.current?.focus()
  }, [])
  const { title, groups } = texts.shortcuts
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      tabIndex={-1}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close()
      }}
      className="m-auto w-[min(620px,calc(100vw-48px))] rounded-[13px] border border-line bg-raise p-0 text-text shadow-card outline-none backdrop:bg-bg/70"
    >
      <div className="px-6 pt-4 pb-6">
        <div className="flex items-baseline justify-between">
          <h2 className="text-[14px] font-[620]">{title}</h2>
          <CloseButton onPress={() => dialog.current?.close()} />
        </div>
        <div className="mt-3 grid grid-cols-2 gap-x-10 gap-y-5">
          {groups.map((group) => (
            <section key={group.title}>
              <h3 className="mb-1.5 text-[12px] font-medium text-faint">{group.title}</h3>
              <dl>
                {group.shortcuts.map(({ keys, does }) => (
                  <div
                    key={does}
                    className="flex items-center justify-between gap-3 border-t border-line py-[5px]"
                  >
                    <dt className="text-soft">{does}</dt>
                    <dd className="flex shrink-0 gap-1">
                      {keys.map((key) => (
                        <Keycap key={key}>{key}</Keycap>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </dialog>
  )
}
