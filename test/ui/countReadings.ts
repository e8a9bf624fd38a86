/**
 * Has each page that loads count the analyses it is sent as a whole, on its root element: a script to be there before the
 * page is, since once it has loaded is too late.
 */
export function countReadings(): void {
  const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
  Object.defineProperty(MessageEvent.prototype, "data", {
    get(this: MessageEvent): unknown {
      const message = data?.get?.call(this) as { readonly type?: unknown } | null | undefined;
      const { dataset } = document.documentElement;
      if (message?.type === "reading") dataset.readings = String(Number(dataset.readings ?? 0) + 1);
      return message;
    },
  });
}
