using System.Globalization;

namespace ActorShop.Models.Search;

/// <summary>What a search found: the property that is broken, and one of the shortest ways to break it.</summary>
internal sealed record SearchResult(int States, long Steps, string? Broken, IReadOnlyList<string> Trace)
{
    public override string ToString() => Broken is null
        ? string.Create(CultureInfo.InvariantCulture, $"{States:N0} states, {Steps:N0} steps: no counterexample.")
        : string.Create(CultureInfo.InvariantCulture, $"Broken after {Trace.Count} steps: {Broken}.")
            + string.Concat(Trace.Select(static (step, index) => string.Create(CultureInfo.InvariantCulture, $"\n{index + 1,4}. {step}")));
}

/// <summary>Visits every state of a model, nearest first, so that the first counterexample is a shortest one. The same model gives the same result.</summary>
internal static class Searcher
{
    public static SearchResult Run<TState>(IModel<TState> model)
        where TState : unmanaged
    {
        var found = new StateTable<TState>();
        var parents = new List<int>();
        var progress = new List<int>();
        var progressEnds = new List<int>();
        var steps = new Steps<TState>();
        var stepCount = 0L;

        var start = model.Start;
        model.Canonicalize(ref start);
        found.Add(start, out _);
        parents.Add(-1);

        for (var number = 0; number < found.Count; number++)
        {
            if (model.Broken(found[number]) is { } broken)
            {
                return new(found.Count, stepCount, broken, Trace(model, found, parents, number));
            }

            steps.Clear();
            model.AddSteps(found[number], steps);
            stepCount += steps.All.Count;
            foreach (var (next, kind, _) in steps.All)
            {
                var canonical = next;
                model.Canonicalize(ref canonical);
                if (found.Add(canonical, out var target))
                {
                    parents.Add(number);
                }

                if (model.Liveness is not null && kind == StepKind.Progress)
                {
                    progress.Add(target);
                }
            }

            progressEnds.Add(progress.Count);
        }

        var stuck = model.Liveness is null ? -1 : FirstWithoutGoodEnd(model, found, progress, progressEnds);
        return stuck < 0
            ? new(found.Count, stepCount, Broken: null, [])
            : new(found.Count, stepCount, model.Liveness, Trace(model, found, parents, stuck));
    }

    // States that can reach a good end, marked from the last found to the first until nothing changes: steps mostly lead to states found later.
    private static int FirstWithoutGoodEnd<TState>(IModel<TState> model, StateTable<TState> found, List<int> progress, List<int> progressEnds)
        where TState : unmanaged
    {
        var ends = new bool[found.Count];
        bool changed;
        do
        {
            changed = false;
            for (var number = found.Count - 1; number >= 0; number--)
            {
                if (!ends[number] && (model.IsGoodEnd(found[number]) || AnyEnds(number)))
                {
                    ends[number] = changed = true;
                }
            }
        }
        while (changed);

        return Array.IndexOf(ends, value: false);

        bool AnyEnds(int number)
        {
            for (var step = number == 0 ? 0 : progressEnds[number - 1]; step < progressEnds[number]; step++)
            {
                if (ends[progress[step]])
                {
                    return true;
                }
            }

            return false;
        }
    }

    // Walks the way again with the names that it began with: representatives exchange them.
    private static List<string> Trace<TState>(IModel<TState> model, StateTable<TState> found, List<int> parents, int last)
        where TState : unmanaged
    {
        var way = new Stack<int>();
        for (var number = last; number > 0; number = parents[number])
        {
            way.Push(number);
        }

        var trace = new List<string>();
        var state = model.Start;
        var steps = new Steps<TState> { Describes = true };
        foreach (var number in way)
        {
            steps.Clear();
            model.AddSteps(state, steps);
            (state, _, var label) = steps.All.First(step => Is(step.Next, number));
            trace.Add(label);
        }

        return trace;

        bool Is(TState next, int number)
        {
            model.Canonicalize(ref next);
            return !found.Add(next, out var same) && same == number;
        }
    }
}
