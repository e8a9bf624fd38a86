/**
 * By how much a page is wider than its window: to be evaluated in the page on its root element, once what it lies in has
 * another width, which the page takes on some frames later.
 * @param width The least and the most that its window is to have by then, in CSS pixels.
 */
export function overflowAt(page: HTMLElement, [least, most]: readonly [number, number]): Promise<number> {
  return new Promise((resolve) => {
    new ResizeObserver(() => {
      if (page.clientWidth >= least && page.clientWidth <= most) resolve(page.scrollWidth - page.clientWidth);
    }).observe(page);
  });
}
