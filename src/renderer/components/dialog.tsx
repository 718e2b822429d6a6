import { useEffect, useRef, type ReactNode } from 'react'

interface DialogProps {
  readonly title: string
  readonly children: ReactNode
  onClose(): void
}

/** A question over the view; the browser's own dialog keeps the focus in it, and Escape closes it. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
      className="m-auto w-[min(560px,calc(100vw-48px))] rounded-[13px] border border-line bg-raise p-0 text-text shadow-card backdrop:bg-[#000]/35"
    >
      <div className="flex max-h-[calc(100vh-96px)] flex-col gap-3 p-[18px]">
        <h2 className="text-[14px] font-[620]">{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
