import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startPageLive } from '../page-live'
import '../styles.css'
import { call, onEvent, onWish, stand } from '../waggle'
import { createFollower } from './follower'
import { QuickSend } from './quick-send'
import { createWishes } from '../state/wishes'

const root = document.getElementById('root')
if (!root) throw new Error('quick-send.html has no element with the id "root".')

const live = startPageLive()
const wishes = createWishes(onWish)
createRoot(root).render(
  <StrictMode>
    <QuickSend live={live} wishes={wishes} follower={createFollower({ call, onEvent })} stand={stand} />
  </StrictMode>,
)
