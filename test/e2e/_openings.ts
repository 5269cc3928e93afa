/** Everything that opens over a screen or stands in its place: panels, menus, questions, empty and missing things. */
import type { Page } from 'playwright-core'

export type Opening = Readonly<{ path: string; open: (page: Page) => Promise<unknown> }>

const few = '/admin/resources/invoices?perPage=8'
const form = '/admin/resources/organisations/actions/new'

/** Each with where it opens and how a person opens it. */
export const openings: Readonly<Record<string, Opening>> = {
  'the search': {
    path: '/admin',
    open: async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('Экспертиза')
      await page.getByRole('option').first().waitFor()
    },
  },
  'the work': { path: '/admin', open: (page) => page.getByTestId('work-tray').click() },
  'the bell': { path: '/admin', open: (page) => page.getByTestId('bell').click() },
  'the menu of the person': { path: '/admin', open: (page) => page.getByTestId('user-menu').click() },
  'the choice of a condition': { path: few, open: (page) => page.getByTestId('filter-add').click() },
  'the choice of columns': {
    path: few,
    open: (page) => page.locator('.cd-head .cd-anchor button').first().click(),
  },
  'the menu of a row': {
    path: few,
    open: async (page) => {
      await page.locator('tbody [aria-haspopup=menu]').first().click()
      await page.getByRole('menuitem').first().waitFor()
    },
  },
  'a form with faults': {
    path: form,
    open: async (page) => {
      await page.locator('form input').first().fill('x')
      await page.locator('form input').first().fill('')
      await page.keyboard.press('Control+Enter')
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  'a form that is left': {
    path: form,
    open: async (page) => {
      await page.locator('form input').first().fill('Начато')
      await page.locator('#cd-side a').first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  'a list where nothing fits': {
    path: '/admin/resources/organisations?filters.taxId=0000000000',
    open: (page) => page.locator('main h2, main h3').first().waitFor(),
  },
  'a record that is not there': {
    path: '/admin/resources/organisations/records/999999/show',
    open: (page) => page.locator('main h1, main h2').first().waitFor(),
  },
  'an address that is not there': {
    path: '/admin/nowhere',
    open: (page) => page.locator('main h1').waitFor(),
  },
}
