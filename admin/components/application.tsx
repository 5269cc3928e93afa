/** The whole page: frame, screen by address, notices, and the question before a changed form is left. */

import { useEffect, useRef, useState, type ComponentType } from 'react'
import { useSelector } from 'react-redux'
import { Route, Routes, useLocation, useParams } from 'react-router-dom'
import { useMe, type PageState } from './adminjs-state.ts'
import { BottomBar } from './cabinet/bottom-bar.tsx'
import { rootPath } from './desk-api.ts'
import { Sidebar } from './frame/sidebar.tsx'
import { TopBar } from './frame/top-bar.tsx'
import { readKept, writeKept } from './kept.ts'
import { NoticeBox } from './notice-box.tsx'
import { ErrorBoundary } from './parts/error-boundary.tsx'
import { FailedScreen } from './screens/failed-screen.tsx'
import { ResourceScreen } from './screens/resource-screen.tsx'
import { RecordScreen } from './screens/record-screen.tsx'
import { NewScreen } from './screens/new-screen.tsx'
import { useFocusKept } from './use-focus-kept.ts'
import { useWords } from './use-words.ts'
import './styles/index.css'

type Named = { AdminJS: { UserComponents: Record<string, ComponentType | undefined> } }
const componentNamed = (name: string | undefined) =>
  name ? (globalThis as unknown as Named).AdminJS.UserComponents[name] : undefined

const HomeScreen = () => {
  const Home = componentNamed(useSelector((state: PageState) => state.dashboard.component))
  return Home ? <Home /> : <FailedScreen />
}

const PageScreen = () => {
  const { pageName } = useParams()
  const page = useSelector((state: PageState) => state.pages).find(({ name }) => name === pageName)
  const Page = componentNamed(page?.component)
  return Page ? <Page key={pageName} /> : <FailedScreen />
}

/** A list fills the window and scrolls inside itself, so that its heading and pager stay; so does a conversation. */
const isList = (pathname: string) => /\/(resources\/[^/]+|pages\/messages)\/?$/.test(pathname)

export const Application = () => {
  const { t } = useWords()
  const { pathname, hash } = useLocation()
  const isClient = useMe().side === 'client'
  const [isFolded, setFolded] = useState(() => readKept<boolean>('folded') ?? innerWidth < 1100)
  const [isOpen, setOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  const root = rootPath()
  useFocusKept(main, pathname)
  useEffect(() => {
    setOpen(false)
    if (!hash) scrollTo(0, 0)
  }, [pathname])
  useEffect(() => {
    if (!isOpen) return
    document.querySelector<HTMLElement>('#cd-side a')?.focus()
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isOpen])
  const fold = () => {
    writeKept('folded', !isFolded)
    setFolded(!isFolded)
  }
  return (
    <div
      className={`cd-app${isClient ? ' cd-cabinet' : ''}${isFolded ? ' cd-app-folded' : ''}${isOpen ? ' cd-side-open' : ''}`}
      data-css="app"
    >
      <a href="#cd-main" className="cd-skip">
        {t('screens.frame.skip')}
      </a>
      <Sidebar isFolded={isFolded && !isOpen} onFold={fold} onGo={() => setOpen(false)} />
      <div className="cd-side-veil" onClick={() => setOpen(false)} />
      <div className="cd-page">
        <TopBar toggleSidebar={() => setOpen(!isOpen)} isOpen={isOpen} />
        <main
          ref={main}
          id="cd-main"
          tabIndex={-1}
          className={isList(pathname) ? 'cd-main cd-main-fixed' : 'cd-main'}
        >
          <ErrorBoundary place={pathname}>
            <Routes>
              <Route path={root} element={<HomeScreen />} />
              <Route path={`${root}/resources/:resourceId`} element={<ResourceScreen />} />
              <Route path={`${root}/resources/:resourceId/actions/new`} element={<NewScreen />} />
              <Route
                path={`${root}/resources/:resourceId/records/:recordId/:actionName`}
                element={<RecordScreen />}
              />
              <Route path={`${root}/pages/:pageName`} element={<PageScreen />} />
              <Route path="*" element={<FailedScreen />} />
            </Routes>
          </ErrorBoundary>
        </main>
      </div>
      {isClient ? <BottomBar onMore={() => setOpen(!isOpen)} isOpen={isOpen} /> : null}
      <NoticeBox />
    </div>
  )
}
