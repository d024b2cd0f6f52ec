using System.Globalization;
using Spectre.Console;

namespace ActorShop.Cli.Terminal;

/// <summary>Shows how far work is: a bar where somebody watches, a line now and then in a log, nothing in between.</summary>
internal static class Watch
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NextLine = TimeSpan.FromSeconds(5);

    /// <summary>Runs work under a bar.</summary>
    /// <param name="context">Where to draw.</param>
    /// <param name="title">What is done.</param>
    /// <param name="total">How many there are; null where nobody knows.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="work">The work.</param>
    public static Task RunAsync(ToolContext context, string title, long? total, Func<long> done, Func<Task> work) =>
        context.Terminal is { } terminal
            ? DrawAsync(terminal, context.Clock, title, total, done, work)
            : WriteAsync(context, title, total, done, work);

    private static Task DrawAsync(IAnsiConsole terminal, TimeProvider clock, string title, long? total, Func<long> done, Func<Task> work) =>
        terminal.Progress()
            .AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new CountColumn(total), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(Markup.Escape(title), maxValue: Math.Max(total ?? 1, 1));
                bar.IsIndeterminate = total is null;
                var running = work();
                while (!running.IsCompleted)
                {
                    bar.Value = done();
                    await Task.WhenAny(running, Task.Delay(Redraw, clock));
                }

                bar.Value = done();
                await running;
            });

    private static async Task WriteAsync(ToolContext context, string title, long? total, Func<long> done, Func<Task> work)
    {
        var running = work();
        while (true)
        {
            using var rest = new CancellationTokenSource();
            if (await Task.WhenAny(running, Task.Delay(NextLine, context.Clock, rest.Token)) == running)
            {
                await rest.CancelAsync();
                await running;
                return;
            }

            await context.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{title}: {done():N0}{(total is null ? string.Empty : $" of {total:N0}")}"));
        }
    }

    private sealed class CountColumn(long? total) : ProgressColumn
    {
        public override Spectre.Console.Rendering.IRenderable Render(
            Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(string.Create(
                CultureInfo.InvariantCulture, $"{task.Value:N0}{(total is null ? string.Empty : $" / {total:N0}")}"));
    }
}
