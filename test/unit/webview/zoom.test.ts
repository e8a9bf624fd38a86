import assert from "node:assert/strict";
import { Zoom } from "../../../webview/maps/zoom";

function zoomOf(segments: number): Zoom {
  const zoom = new Zoom();
  zoom.useFor(segments);
  return zoom;
}

describe("The zoom of the maps", () => {
  it("shows the whole document first, and again after zooming out further than that", () => {
    const zoom = zoomOf(80);
    assert.deepEqual([zoom.from, zoom.to, zoom.isWhole], [0, 80, true]);
    zoom.zoom(4, 0.3);
    assert.equal(zoom.isWhole, false);
    zoom.zoom(1 / 100, 0.9);
    assert.deepEqual([zoom.from, zoom.to, zoom.isWhole], [0, 80, true]);
  });

  it("keeps the place under the pointer where it is", () => {
    const zoom = zoomOf(100);
    zoom.zoom(4, 0.4);
    assert.deepEqual([zoom.from, zoom.to], [30, 55]);
    zoom.zoom(1 / 2, 0.4);
    assert.deepEqual([zoom.from, zoom.to], [20, 70]);
  });

  it("goes down to one segment and not beyond the document's ends", () => {
    const zoom = zoomOf(10);
    zoom.zoom(1000, 1);
    assert.deepEqual([zoom.from, zoom.to], [9, 10]);
    zoom.pan(5);
    assert.deepEqual([zoom.from, zoom.to], [9, 10]);
    zoom.pan(-100);
    assert.deepEqual([zoom.from, zoom.to], [0, 1]);
  });

  it("moves no further than needed to have a segment in sight", () => {
    const zoom = zoomOf(100);
    zoom.show(20, 30);
    zoom.bringIntoSight(25);
    assert.deepEqual([zoom.from, zoom.to], [20, 30]);
    zoom.bringIntoSight(40);
    assert.deepEqual([zoom.from, zoom.to], [31, 41]);
    zoom.bringIntoSight(3);
    assert.deepEqual([zoom.from, zoom.to], [3, 13]);
  });

  it("is harmless without segments", () => {
    const zoom = zoomOf(0);
    zoom.zoom(2, 0.5);
    zoom.pan(1);
    assert.deepEqual([zoom.from, zoom.to], [0, 0]);
  });
});
