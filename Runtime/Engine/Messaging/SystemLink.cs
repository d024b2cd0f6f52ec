using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>Questions and answers between silos, on the system's lane. Belongs to the turns of the cluster, but for arrivals.</summary>
/// <remarks>A question may go unanswered: whoever asks says for how long to wait, and asks again.</remarks>
internal sealed partial class SystemLink(ITransport transport, TimeProvider time, SystemTurns turns, ILogger logger)
{
    private readonly ILogger _logger = logger;
    private readonly SortedDictionary<long, Question> _questions = [];
    private long _numbers;

    /// <summary>Answers questions and takes news; null where there is no answer.</summary>
    public Func<SiloAddress, SystemMessage, Task<SystemMessage?>>? Serve { get; set; }

    /// <summary>Tells somebody something, who may never learn of it.</summary>
    public void Tell(SiloAddress to, SystemMessage message) => _ = transport.TrySend(to, Lane.System, message.ToFrame());

    /// <summary>Asks; null where there was no answer in time, or the question has lost its meaning.</summary>
    public async Task<SystemMessage?> AskAsync(SiloAddress to, SystemMessage message, TimeSpan patience)
    {
        var number = ++_numbers;
        var question = new Question(to, message.Kind);
        _questions.Add(number, question);
        using var timer = time.CreateTimer(_ => turns.Begin(question.GiveUpAsync), state: null, patience, Timeout.InfiniteTimeSpan);
        Tell(to, message with { Number = number });
        var answer = await question.Answer.Task;
        _questions.Remove(number);
        return answer;
    }

    /// <summary>Ends questions without an answer: whom they went to is gone, or what they were about has changed.</summary>
    public void GiveUp(Func<SiloAddress, SystemKind, bool> which)
    {
        foreach (var question in _questions.Values.Where(question => which(question.To, question.Kind)).ToArray())
        {
            question.Answer.TrySetResult(null);
        }
    }

    /// <summary>Takes a frame of the lane. Safe from any thread; never throws.</summary>
    public void OnFrame(SiloAddress from, ReadOnlyMemory<byte> frame)
    {
        try
        {
            var message = SystemMessage.Read(frame.Span);
            turns.Begin(() => HandleAsync(from, message));
        }
        catch (Exception exception) when (exception is Orleans.Serialization.SerializerException or FormatException)
        {
            LogUnreadable(exception, from);
        }
    }

    private async Task HandleAsync(SiloAddress from, SystemMessage message)
    {
        if (message.Kind == SystemKind.Answer)
        {
            if (_questions.TryGetValue(message.Number, out var question) && question.To.Equals(from))
            {
                question.Answer.TrySetResult(message);
            }

            return;
        }

        if (Serve is { } serve && await serve(from, message) is { } answer && message.Number != 0)
        {
            Tell(from, answer with { Number = message.Number });
        }
    }

    [LoggerMessage(1260, LogLevel.Warning, "A message of the cluster from {Silo} cannot be read")]
    private partial void LogUnreadable(Exception exception, SiloAddress silo);

    private sealed class Question(SiloAddress to, SystemKind kind)
    {
        public SiloAddress To => to;

        public SystemKind Kind => kind;

        public TaskCompletionSource<SystemMessage?> Answer { get; } = new();

        public Task GiveUpAsync()
        {
            Answer.TrySetResult(null);
            return Task.CompletedTask;
        }
    }
}
