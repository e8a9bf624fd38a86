import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { analysisJson } from "../../src/analysis/export/json";
import { segmentCount } from "../../src/analysis/segmentFigures";
import { EDITED } from "../../src/readings/staleness";
import { ACCEPT, answering, classified, closeEditors, messagesDuring, openSample } from "./lens";

describe("Export", () => {
  let folder: vscode.Uri;

  before(() => {
    folder = vscode.Uri.file(mkdtempSync(join(tmpdir(), "ponet-lens-export-")));
  });

  after(() => {
    rmSync(folder.fsPath, { recursive: true });
  });

  afterEach(closeEditors);

  /** The sample's analysis in a format, as it lies on the disk. */
  async function exported(format: string): Promise<Buffer> {
    const target = vscode.Uri.joinPath(folder, `sample.${format}`);
    await vscode.commands.executeCommand("ponet.exportAnalysis", { format, target });
    return Buffer.from(await vscode.workspace.fs.readFile(target));
  }

  it("writes what the command line prints, a row a segment, both pictures and a report", async () => {
    const { document } = await openSample();
    const { analysis } = await classified(document);
    const json: unknown = JSON.parse((await exported("json")).toString());
    assert.deepEqual(json, JSON.parse([...analysisJson("sample.txt", analysis)].join("")));
    const rows = (await exported("csv")).toString().trimEnd().split("\r\n");
    assert.equal(rows.length, 1 + segmentCount(analysis));
    assert.equal((await exported("png")).subarray(1, 4).toString(), "PNG");
    assert.match((await exported("svg")).toString(), /^<svg [^]*<\/svg>$/);
    assert.match((await exported("html")).toString(), /<h1>sample\.txt<\/h1>[^]*To the Senate and House/);
  });

  it("asks for a format and a file, beside the document unless told otherwise", async () => {
    const { document } = await openSample();
    await classified(document);
    const expected = vscode.Uri.joinPath(document.uri, "..", "sample.ponet.html");
    const messages = await messagesDuring(() => answering([ACCEPT], "ponet.exportAnalysis"));
    assert.deepEqual(messages, ["Report exported to sample.ponet.html."]);
    await vscode.workspace.fs.delete(expected);
  });

  it("says of an analysis that is out of date that it is, in the files and in its message", async () => {
    const editor = await openSample();
    const { analysis } = await classified(editor.document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "P.S. ");
    });
    const messages = await messagesDuring(async () => {
      const json: unknown = JSON.parse((await exported("json")).toString());
      assert.deepEqual(json, JSON.parse([...analysisJson("sample.txt", analysis, { stale: EDITED })].join("")));
      assert.ok((await exported("html")).toString().includes(`<b>Out of date.</b> ${EDITED}`));
    });
    assert.deepEqual(messages, [
      "Analysis as JSON, of an analysis that is out of date, exported to sample.json.",
      "Report, of an analysis that is out of date, exported to sample.html.",
    ]);
  });

  it("says so of one that an edit has put out of date while it asked, too", async () => {
    const editor = await openSample();
    await classified(editor.document);
    const target = vscode.Uri.joinPath(folder, "sample.html");
    const messages = await messagesDuring(async () => {
      const exporting = answering([ACCEPT], "ponet.exportAnalysis", { target });
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), "P.S. ");
      });
      await exporting;
    });
    assert.deepEqual(messages, ["Report, of an analysis that is out of date, exported to sample.html."]);
  });

  it("tells in one sentence when the file cannot be written", async () => {
    const { document } = await openSample();
    await classified(document);
    const target = vscode.Uri.joinPath(folder, "no-such-scheme.csv").with({ scheme: "nowhere" });
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.exportAnalysis", { format: "csv", target });
    });
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? "", /^no-such-scheme\.csv cannot be written \(.+\): choose another place\.$/);
  });
});
