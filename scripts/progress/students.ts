/** Finds the green exercises of many students. @module */
import pLimit from "p-limit";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { CourseError, messageOf } from "../common/errors.ts";
import { reasonOf } from "../common/files.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { showBar } from "../run/bar.ts";
import { type Limits, type Outcome, prepareProcesses, runSteps } from "./process.ts";
import { lessons, stepsOf } from "./steps.ts";

/** A student's notebooks and their outcome. */
export type Student = Outcome & { name: string; paths: string[] };

/** Runs all notebooks in the folders, one per core at a time. Returns the exercises' numbers, and the students. */
export async function progressOf(folders: string[], limits: Limits) {
  await prepareProcesses();
  const course = await lessons();
  const students = (await Promise.all(folders.map(studentsIn))).flat();
  const files = students.flatMap((student) => student.paths.map((path) => ({ student, path })));
  using bar = showBar("progress", "notebook");
  let done = 0;
  await pLimit(navigator.hardwareConcurrency).map(files, async ({ student, path }) => {
    try {
      const steps = stepsOf(await readNotebook(path), course);
      if (!steps) throw new CourseError(`${basename(path)}: it is not one of the course's notebooks.`);
      const { exercises, notes } = await runSteps(steps, limits);
      for (const [number, why] of exercises) {
        if (student.exercises.get(number) !== "") student.exercises.set(number, why); // another copy may be green
      }
      student.notes.push(...notes.map((note) => `${basename(path)}: ${note}.`));
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      student.notes.push(messageOf(error));
    }
    bar.at(++done, files.length);
  });
  const exercises = course.flatMap(({ checks }) => [...new Set(checks.values())].map(({ check }) => check!));
  return { exercises, students };
}

/** Returns a student for each folder in this one, and one for the folder itself if it contains notebooks. */
async function studentsIn(folder: string): Promise<Student[]> {
  const names = await readdir(folder, { recursive: true }).catch((error) => {
    throw new CourseError(`Cannot read ${folder}: ${reasonOf(error)}. Name a folder with notebooks.`);
  });
  const found = names.map((name) => name.split(/[\\/]/)).filter((parts) =>
    parts.at(-1)!.endsWith(".ipynb") && !parts.some((part) => /^\.|^node_modules$/.test(part))
  );
  if (found.length === 0) {
    throw new CourseError(`Cannot read ${folder}: there are no notebooks (.ipynb) in it.`);
  }
  const students = Map.groupBy(found.sort(), ([first, rest]) => rest ? first : basename(resolve(folder)));
  return Array.from(students, ([name, files]) => {
    const paths = files.map((parts) => join(folder, ...parts));
    return { name, paths, exercises: new Map(), notes: [] };
  });
}
