/** Finds out which exercises are green, for each of many students. @module */
import pLimit from "p-limit";
import { basename, join, resolve } from "node:path";
import { CourseError, messageOf } from "../common/errors.ts";
import { reasonOf } from "../common/files.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { type Outcome, runSteps } from "./process.ts";
import { lessons, stepsOf } from "./steps.ts";

/** A student's notebooks, and what came of them. */
export interface Student extends Outcome {
  name: string;
  paths: string[];
}

/** Runs all notebooks in the folders, as many at once as there are cores. Returns the exercises' numbers, and the students. */
export async function progressOf(
  folders: string[],
  { signal, onDone }: { signal: AbortSignal; onDone(done: number, all: number): void },
): Promise<{ exercises: string[]; students: Student[] }> {
  const course = await lessons();
  const students = (await Promise.all(folders.map(studentsIn))).flat();
  const all = students.reduce((sum, { paths }) => sum + paths.length, 0);
  const limit = pLimit(navigator.hardwareConcurrency);
  let done = 0;
  await Promise.all(students.flatMap((student) =>
    student.paths.map((path) =>
      limit(async () => {
        try {
          const { exercises, notes } = await runSteps(stepsOf(await readNotebook(path), course), signal);
          for (const [number, why] of exercises) {
            const isGreen = student.exercises.has(number) && student.exercises.get(number) === undefined;
            if (!isGreen) student.exercises.set(number, why); // in a copy it may be
          }
          student.notes.push(...notes.map((note) => `${basename(path)}: ${note}.`));
        } catch (error) {
          if (!(error instanceof CourseError)) throw error;
          student.notes.push(messageOf(error));
        }
        onDone(++done, all);
      })
    )
  ));
  const exercises = course.flatMap(({ checks }) => [...checks.values()].map(({ check }) => check!));
  return { exercises, students };
}

/** The student whose folder this is; or, where it holds no notebook itself, those whose folders are in it. */
async function studentsIn(folder: string): Promise<Student[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch((error) => {
    throw new CourseError(`Cannot read ${folder}: ${reasonOf(error)}. Name a folder with notebooks.`);
  });
  const isIn = entries.some(({ name }) => isNotebook(name));
  const folders = isIn
    ? [folder]
    : entries.filter(({ isDirectory, name }) => isDirectory && !name.startsWith("."))
      .map(({ name }) => join(folder, name)).sort();
  const students = await Promise.all(folders.map(async (path): Promise<Student> => {
    const paths = (await notebooksIn(path)).sort();
    return { name: basename(resolve(path)), paths, exercises: new Map(), notes: [] };
  }));
  const found = students.filter(({ paths }) => paths.length > 0);
  if (found.length > 0) return found;
  throw new CourseError(`Cannot tell the progress in ${folder}: there is no notebook (.ipynb) in it.`);
}

async function notebooksIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const paths = entries.filter(({ name }) => !/^\.|^node_modules$/.test(name)).map(
    ({ name, isDirectory }) => {
      if (isDirectory) return notebooksIn(join(folder, name));
      return isNotebook(name) ? [join(folder, name)] : [];
    },
  );
  return (await Promise.all(paths)).flat();
}

const isNotebook = (name: string) => name.endsWith(".ipynb") && !name.startsWith(".");
