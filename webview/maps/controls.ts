import { element, enable } from "../dom";
import type { Zoom } from "./zoom";

/** The range of the intensity: the colour table is read at powers from 2^-3 to 2^3. */
const MOST_INTENSITY = 3;

/** Buttons that zoom the maps, for those who use neither wheel nor keys. @param onZoom Told once one was pressed. */
export function zoomButtons(zoom: Zoom, onZoom: () => void): HTMLElement {
  const step = (text: string, name: string, work: () => void): HTMLButtonElement => {
    const created = element("button", { class: "tool", "aria-label": name, title: name }, text);
    created.addEventListener("click", () => {
      work();
      onZoom();
    });
    return created;
  };
  const out = step("−", "Zoom out (−)", () => {
    zoom.zoom(1 / 2, 0.5);
  });
  const all = step("All", "Zoom to all (0)", () => {
    zoom.show(0, zoom.segments);
  });
  const into = step("+", "Zoom in (+)", () => {
    zoom.zoom(2, 0.5);
  });
  const update = (): void => {
    enable([out, !zoom.isWhole], [all, !zoom.isWhole], [into, zoom.width > 1]);
  };
  zoom.onChange(update);
  update();
  return element("div", { class: "tools", role: "group", "aria-label": "Zoom" }, out, all, into);
}

/** How strongly the colours tell low values apart, and the way back. @param onTurn Told of another intensity. */
export function intensitySlider(intensity: number, onTurn: (intensity: number) => void): HTMLElement {
  const slider = element("input", {
    type: "range",
    min: String(-MOST_INTENSITY),
    max: String(MOST_INTENSITY),
    step: "0.1",
  });
  const reset = element("button", { class: "link" }, "Reset");
  slider.valueAsNumber = intensity;
  reset.disabled = intensity === 0;
  slider.addEventListener("input", () => {
    reset.disabled = slider.valueAsNumber === 0;
    onTurn(slider.valueAsNumber);
  });
  reset.addEventListener("click", () => {
    slider.value = "0";
    slider.focus();
    reset.disabled = true;
    onTurn(0);
  });
  return element("div", { class: "intensity" }, element("label", {}, "Intensity", slider), reset);
}
