import { useEffect, useState } from 'react'
import { Button } from '../components/button'
import { Dialog } from '../components/dialog'
import { Heading } from '../components/heading'
import type { Live } from '../state/live'
import { settingsTexts as texts } from '../texts/settings'

/** Packages and the licence they come with. */
interface ThirdParty {
  readonly names: readonly string[]
  readonly text: string
}

/** Which Waggle this is, and whose work it stands on. */
export function About({ live }: { live: Live }) {
  const [version, setVersion] = useState('')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    live.call('hello', {}).then(
      (hello) => setVersion(hello.version),
      () => undefined,
    )
  }, [live])
  return (
    <section aria-label={texts.about}>
      <Heading>{texts.about}</Heading>
      <div className="flex items-center justify-between rounded-[11px] border border-line bg-panel px-3.5 py-2.5">
        <p className="selectable">{texts.version(version)}</p>
        <Button onPress={() => setShown(true)}>{texts.thirdParty}</Button>
      </div>
      {shown ? <Notices onClose={() => setShown(false)} /> : null}
    </section>
  )
}

function Notices({ onClose }: { onClose(): void }) {
  const [notices, setNotices] = useState<readonly ThirdParty[]>()
  const [trouble, setTrouble] = useState(false)
  useEffect(() => {
    loadNotices().then(setNotices, () => setTrouble(true))
  }, [])
  return (
    <Dialog title={texts.thirdParty} onClose={onClose}>
      {trouble ? <p className="text-soft">{texts.noNotices}</p> : null}
      {/* The region scrolls, so it can be reached by keyboard. */}
      <div tabIndex={0} role="group" aria-label={texts.thirdParty} className="selectable overflow-y-auto">
        {notices?.map(({ names, text }) => (
          <section key={names[0]} className="mb-4">
            <h3 className="mb-1 font-medium break-words">{names.join(', ')}</h3>
            <p className="text-[12px] break-words whitespace-pre-wrap text-soft">{text}</p>
          </section>
        ))}
      </div>
      <div className="flex justify-end">
        <Button onPress={onClose}>{texts.close}</Button>
      </div>
    </Dialog>
  )
}

/** They are written beside the page once everything is bundled. */
async function loadNotices(): Promise<readonly ThirdParty[]> {
  const address = new URL('third-party.js', document.baseURI).href
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what scripts/notices.mjs has written
  const written = (await import(/* @vite-ignore */ address)) as { readonly notices: readonly ThirdParty[] }
  return written.notices
}
