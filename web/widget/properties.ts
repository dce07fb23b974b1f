/** Attributes as properties too: frameworks set those where they can, and hand over objects and numbers as they are. */

/** Defines one property per attribute (`vendor-name` is `vendorName`); reading one gives the attribute's text. */
export function reflect(element: { prototype: HTMLElement }, attributes: readonly string[]): void {
  for (const attribute of attributes) {
    const name = propertyOf(attribute);
    // the platform's own, such as `dir`, are there already
    if (name in element.prototype) continue;
    Object.defineProperty(element.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        return this.getAttribute(attribute);
      },
      set(this: HTMLElement, value: unknown) {
        write(this, attribute, value);
      },
    });
  }
}

/** Takes over what a page set before the class was there: it hides the property of the same name. */
export function takeEarly(element: HTMLElement, attributes: readonly string[]): void {
  for (const attribute of attributes) {
    const early = Object.getOwnPropertyDescriptor(element, propertyOf(attribute));
    if (early === undefined) continue;
    Reflect.deleteProperty(element, propertyOf(attribute));
    write(element, attribute, early.value);
  }
}

function write(element: HTMLElement, attribute: string, value: unknown): void {
  if (value === null || value === undefined) element.removeAttribute(attribute);
  else element.setAttribute(attribute, textOf(value));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function propertyOf(attribute: string): string {
  return attribute.replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase());
}
