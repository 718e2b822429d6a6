import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createLive } from '../state/live'
import '../styles.css'
import { call, onEvent, onWish, stand } from '../waggle'
import { createFollower } from './follower'
import { QuickSend } from './quick-send'
import { createWishes } from '../state/wishes'

const root = document.getElementById('root')
if (!root) throw new Error('quick-send.html has no element with the id "root".')

const live = createLive({ call, onEvent })
const wishes = createWishes(onWish)
void live.start()
createRoot(root).render(
  <StrictMode>
    <QuickSend live={live} wishes={wishes} follower={createFollower({ call, onEvent })} stand={stand} />
  </StrictMode>,
)
