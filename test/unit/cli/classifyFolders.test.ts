import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { classifyFolders } from "../../../src/cli/classifyFolders";
import { UserError } from "../../../src/errors";

describe("The table of folders, before anything is read for it,", () => {
  const SETTINGS = { modelFolder: "/nowhere", provider: "cpu", segmentation: "paragraph" } as const;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ponet-table-"));
    writeFileSync(join(folder, "a.txt"), "Some words.");
  });
  afterEach(() => {
    mock.restoreAll();
    rmSync(folder, { recursive: true });
  });

  const refusal = async (csv: string): Promise<string> => {
    const error: unknown = await classifyFolders([folder], SETTINGS, join(folder, "rows.jsonl"), csv).catch(
      (error: unknown) => error,
    );
    assert.ok(error instanceof UserError);
    return error.message;
  };

  it("is to be another where it cannot be written", async () => {
    const csv = join(folder, "nowhere", "table.csv");
    assert.match(
      await refusal(csv),
      /table\.csv" cannot be written \(ENOENT.+\): name a file in a folder of yours \(--csv\)/,
    );
  });

  it("is to be closed in what has it open, which Windows lets nobody else write", async () => {
    const busy = Object.assign(new Error("EBUSY: resource busy or locked, open"), { code: "EBUSY" });
    mock.method(fs, "open", () => Promise.reject(busy), { times: 1 });
    const csv = join(folder, "table.csv");
    assert.match(
      await refusal(csv),
      /table\.csv" cannot be written \(EBUSY.+\): close what has it open, then try again/,
    );
  });
});
