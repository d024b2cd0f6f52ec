using Spectre.Console;

namespace ActorShop.Cli.Terminal;

/// <summary>Shows the progress of work: a bar on a terminal, a line every five seconds in a log.</summary>
internal static class Watch
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NextLine = TimeSpan.FromSeconds(5);

    /// <summary>Runs work, and shows how many of a total (null if it is unknown) are done.</summary>
    public static Task RunAsync(ToolContext context, string title, long? total, Func<long> done, Func<Task> work)
    {
        if (context.Terminal is not { } terminal)
        {
            return RunAsync(context, NextLine, work, () => context.Error.WriteLine($"{title}: {Show(done(), total, " of ")}"));
        }

        return terminal.Progress()
            .AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new CountColumn(total), new ElapsedTimeColumn())
            .StartAsync(progress =>
            {
                var bar = progress.AddTask(Markup.Escape(title), maxValue: Math.Max(total ?? 1, 1));
                bar.IsIndeterminate = total is null;
                return RunAsync(context, Redraw, work, () => bar.Value = done());
            });
    }

    private static async Task RunAsync(ToolContext context, TimeSpan pause, Func<Task> work, Action show)
    {
        var running = work();
        using var timer = new PeriodicTimer(pause, context.Clock);
        while (await Task.WhenAny(running, timer.WaitForNextTickAsync().AsTask()) != running)
        {
            show();
        }

        await running;
    }

    private static string Show(double done, long? total, string separator) =>
        string.Create(CultureInfo.InvariantCulture, $"{done:N0}{(total is null ? string.Empty : $"{separator}{total:N0}")}");

    private sealed class CountColumn(long? total) : ProgressColumn
    {
        public override Spectre.Console.Rendering.IRenderable Render(
            Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Show(task.Value, total, " / "));
    }
}
