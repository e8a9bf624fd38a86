import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { escaped } from "../../../../src/analysis/export/html";
import { mapCells } from "../../../../src/analysis/export/mapCells";
import { mapPng } from "../../../../src/analysis/export/mapPng";
import { mapSvg } from "../../../../src/analysis/export/mapSvg";
import { png } from "../../../../src/analysis/export/png";
import { PALETTE } from "../../../../src/analysis/palette";
import { PoolingMeans } from "../../../../src/analysis/poolingMeans";
import { STATISTICS } from "../../../../src/analysis/statistics";
import { sampleAnalysis } from "./sample";

describe("pooling maps as pictures", () => {
  it("colour a cell by its value on the map's own scale", () => {
    const smp = 1;
    const { layers, columns, pixels, scale } = mapCells(new PoolingMeans(sampleAnalysis()), smp);
    assert.deepEqual([layers, columns], [2, 3]);
    // The statistics count up, so SMP's lowest is its first cell and its highest its last.
    assert.deepEqual(scale, { low: 1 / 8, high: (5 * 6 + 1) / 8 });
    assert.equal(pixels[0], PALETTE[0]);
    assert.equal(pixels[5], PALETTE[255]);
  });

  it("show of more segments than columns the mean of those that share one", () => {
    const [segments, width] = [8192, STATISTICS.length];
    // Every fourth segment has its share, those between have none.
    const values = Float32Array.from({ length: segments * width }, (_, i) =>
      i % (4 * width) === 3 * width + 1 ? i : 0,
    );
    const segmentTokens = new Uint32Array(segments).fill(1);
    const analysis = { ...sampleAnalysis(), tokens: segments, segmentTokens, pooling: { layers: 1, values } };
    const { columns, pixels } = mapCells(new PoolingMeans(analysis), 1);
    assert.equal(columns, 2048);
    assert.deepEqual([pixels[0], pixels.at(-1)], [PALETTE[0], PALETTE[255]]);
  });

  it("as PNG read back as the pixels that were written", () => {
    const pixels = Uint32Array.from({ length: 6 }, (_, i) => 0xff000000 + i);
    const file = png(3, 2, pixels);
    assert.equal(file.subarray(1, 4).toString(), "PNG");
    assert.deepEqual([file.readUInt32BE(16), file.readUInt32BE(20)], [3, 2]);
    const data = file.indexOf("IDAT");
    const rows = inflateSync(file.subarray(data + 4, data + 4 + file.readUInt32BE(data - 4)));
    assert.equal(rows.length, 2 * (1 + 3 * 4));
    assert.deepEqual(rows.subarray(14), Buffer.from(pixels.buffer, 12, 12));
  });

  it("as PNG hold every map", () => {
    const file = Buffer.from(mapPng(sampleAnalysis()));
    // Six maps of two layers of 14 pixels, with gaps of 10.
    assert.equal(file.readUInt32BE(20), 10 + 6 * (2 * 14 + 10));
    const width = file.readUInt32BE(16);
    const data = file.indexOf("IDAT");
    const rows = inflateSync(file.subarray(data + 4, data + 4 + file.readUInt32BE(data - 4)));
    const means = new PoolingMeans(sampleAnalysis());
    for (const statistic of STATISTICS.keys()) {
      const { layers, columns, pixels } = mapCells(means, statistic);
      for (let cell = 0; cell < layers * columns; cell++) {
        // The middle of a cell of 24 by 14 pixels, behind the map's name; a row of the file begins with its filter.
        const y = 10 + statistic * (2 * 14 + 10) + Math.floor(cell / columns) * 14 + 7;
        const x = 48 + (cell % columns) * 24 + 12;
        assert.equal(rows.readUInt32LE(y * (1 + 4 * width) + 1 + 4 * x), pixels[cell], `cell ${cell} of ${statistic}`);
      }
    }
  });

  it("as SVG have each map's title, scale and cells", () => {
    const svg = mapSvg(sampleAnalysis());
    for (const { title } of STATISTICS) assert.ok(svg.includes(title), title);
    const pictures = svg.match(/<image [^>]*>/g) ?? [];
    assert.equal(pictures.length, 2 * STATISTICS.length);
    const means = new PoolingMeans(sampleAnalysis());
    for (const [statistic, { title, format }] of STATISTICS.entries()) {
      const { scale } = mapCells(means, statistic);
      for (const end of [scale.low, scale.high]) assert.ok(svg.includes(`>${escaped(format(end))}<`), title);
    }
    assert.match(svg, /<title>Pooling maps: 2 layers down, 3 segments across<\/title>/);
  });
});
