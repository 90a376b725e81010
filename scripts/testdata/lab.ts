/** JupyterLab in a headless Chromium, for tests. @module */
import { type Browser, chromium, type Page } from "playwright-core";
import { basename, join, relative } from "node:path";
import { freePorts } from "../kernel/connection.ts";
import type { Notebook, Output } from "../notebook/notebook.ts";
import { formatNotebook } from "../notebook/notebook.ts";
import { root } from "../common/project.ts";
import { browsers, findChromium } from "./chromium.ts";
import { findJupyterLab } from "../lab/jupyter.ts";
import { startLab } from "../lab/lab.ts";

const flags = [
  ..."--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split(" "),
  "--disable-component-update",
  "--disable-sync",
];

/** The thing that is missing for these tests, if one is. */
export async function whatIsMissing(): Promise<string | undefined> {
  if (!await findChromium()) return `no Chromium was found (${browsers.join(", ")})`;
  try {
    if ((await findJupyterLab()).fetches) return "JupyterLab is not installed, and a test fetches none";
  } catch {
    return "no JupyterLab was found on PATH";
  }
}

/** One cell as JupyterLab holds it. */
export interface LabCell {
  type: string;
  source: string;
  outputs: Output[];
}

/** A notebook that is open in JupyterLab. */
export class OpenNotebook {
  constructor(readonly page: Page) {}

  /** Runs the cells from one number, counted from 0, to another, or all, by JupyterLab's own commands. */
  async run(command: "run-all-cells" | "run-all-below" | "restart-run-all"): Promise<void> {
    await this.page.evaluate(async (command) => {
      const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApp };
      await jupyterapp.commands.execute(`notebook:${command}`);
    }, command);
  }

  /** Runs one cell, counted from 0, to its end. */
  async runCell(index: number): Promise<void> {
    await this.page.evaluate(async (index) => {
      const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApp };
      jupyterapp.shell.currentWidget.content.activeCellIndex = index;
      await jupyterapp.commands.execute("notebook:run-cell");
    }, index);
  }

  /** Writes other code into a cell. */
  async write(index: number, code: string): Promise<void> {
    await this.page.evaluate(([index, code]) => {
      const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApp };
      jupyterapp.shell.currentWidget.content.model.cells.get(Number(index)).sharedModel.setSource(
        String(code),
      );
    }, [index, code]);
  }

  /** All cells as they are now. */
  cells(): Promise<LabCell[]> {
    return this.page.evaluate(() => {
      const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApp };
      const { cells } = jupyterapp.shell.currentWidget.content.model;
      return Array.from(cells, (cell) => ({
        type: cell.type,
        source: cell.sharedModel.getSource(),
        outputs: cell.outputs?.toJSON() ?? [],
      }));
    });
  }

  /** Waits until `isSo` of the cells. */
  async until(isSo: (cells: LabCell[]) => boolean, seconds = 10): Promise<LabCell[]> {
    for (const end = Date.now() + seconds * 1000;;) {
      const cells = await this.cells();
      if (isSo(cells) || Date.now() > end) return cells;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Presses the toolbar's Stop. */
  async stop(): Promise<void> {
    await this.page.locator(
      '[data-command="notebook:interrupt-kernel"] button, [data-command="notebook:interrupt-kernel"]',
    )
      .first().click();
  }

  /** The number of pictures on the page that are drawn. */
  pictures(): Promise<number> {
    return this.page.locator(".jp-RenderedSVG img").evaluateAll((images) =>
      (images as unknown as { naturalWidth: number; complete: boolean }[]).filter((image) =>
        image.complete && image.naturalWidth > 100
      ).length
    );
  }
}

/** The part of JupyterLab that is used here. */
interface LabApp {
  commands: { execute(name: string): Promise<unknown> };
  shell: {
    currentWidget: {
      content: {
        activeCellIndex: number;
        model: {
          cells: Iterable<LabCellModel> & { get(index: number): LabCellModel };
        };
      };
      sessionContext: {
        ready: Promise<void>;
        session?: { kernel?: { status: string; connectionStatus: string } };
      };
    };
  };
}

interface LabCellModel {
  type: string;
  sharedModel: { getSource(): string; setSource(code: string): void };
  outputs?: { toJSON(): Output[] };
}

/** JupyterLab, a browser, and a folder for notebooks in the project; all of it goes in the end. */
export class LabForTests implements AsyncDisposable {
  readonly #parts: AsyncDisposableStack;
  readonly #browser: Browser;
  readonly #address: string;
  readonly folder: string;

  private constructor(parts: AsyncDisposableStack, browser: Browser, address: string, folder: string) {
    this.#parts = parts;
    this.#browser = browser;
    this.#address = address;
    this.folder = folder;
  }

  static async start(): Promise<LabForTests> {
    await using parts = new AsyncDisposableStack();
    await Deno.mkdir(join(root, ".kernels"), { recursive: true });
    const folder = await Deno.makeTempDir({ dir: join(root, ".kernels"), prefix: "e2e-" });
    parts.defer(() => Deno.remove(folder, { recursive: true }));
    const settings = join(folder, "settings", "@jupyterlab");
    const set = async (path: string, value: unknown) => {
      await Deno.mkdir(join(settings, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(settings, `${path}.jupyterlab-settings`), JSON.stringify(value));
    };
    await set("notebook-extension/tracker", { windowingMode: "none" });
    await set("apputils-extension/sessionDialogs", { skipKernelRestartDialog: true });
    await set("docmanager-extension/plugin", { autosave: false });
    await set("apputils-extension/notification", { fetchNews: "false", checkForUpdates: false });
    const [port] = freePorts(1);
    const token = crypto.randomUUID();
    const lab = parts.use(
      await startLab({
        browser: false,
        args: [
          `--ServerApp.port=${port}`,
          "--ServerApp.port_retries=0",
          `--IdentityProvider.token=${token}`,
          "--ContentsManager.allow_hidden=True",
          "--LabApp.expose_app_in_browser=True",
          "--Application.log_level=ERROR",
        ],
        env: {
          JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
          JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
          JUPYTER_CONFIG_DIR: join(folder, "config"),
          JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
        },
      }),
    );
    const address = `http://127.0.0.1:${port}`;
    let ended = false;
    lab.ended.then(() => ended = true);
    while (
      !await fetch(`${address}/api/status?token=${token}`).then(
        (r) => r.body?.cancel().then(() => r.ok),
        () => false,
      )
    ) {
      if (ended) throw new Error("JupyterLab ended before it was ready");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const browser = await chromium.launch({ executablePath: await findChromium(), args: flags });
    parts.defer(() => browser.close());
    return new LabForTests(parts.move(), browser, `${address}/lab/tree/{path}?reset&token=${token}`, folder);
  }

  /** Opens a notebook under a kernel. */
  async open(name: string, notebook: Notebook, kernel: string): Promise<OpenNotebook> {
    const path = join(this.folder, `${kernel}-${basename(name)}`);
    const kernelspec = { name: kernel, display_name: kernel, language: "typescript" };
    const cells = notebook.cells.map((cell) =>
      cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell
    );
    await Deno.writeTextFile(
      path,
      formatNotebook({ ...notebook, cells, metadata: { ...notebook.metadata, kernelspec } }),
    );
    const page = await this.#browser.newPage({ viewport: { width: 1300, height: 1000 } });
    await page.goto(this.#address.replace("{path}", relative(root, path).replaceAll("\\", "/")));
    await page.waitForFunction(
      () => {
        const { jupyterapp } = globalThis as unknown as { jupyterapp?: LabApp };
        const session = jupyterapp?.shell.currentWidget?.sessionContext?.session;
        return session?.kernel?.connectionStatus === "connected" && session.kernel.status === "idle";
      },
      undefined,
      { timeout: 60_000, polling: 100 },
    );
    return new OpenNotebook(page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts[Symbol.asyncDispose]();
  }
}
