using System.Runtime.InteropServices;

namespace ActorShop.Runtime.Messaging;

/// <summary>Messages in order, linked through themselves, so that any may be taken out. A message is in one such list at most.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MessageList
{
    private Message? _last;
    private int _count;

    public readonly int Count => _count;

    public Message? First { get; private set; }

    public void Add(Message message)
    {
        message.Before = _last;
        if (_last is null)
        {
            First = message;
        }
        else
        {
            _last.After = message;
        }

        _last = message;
        _count++;
    }

    /// <summary>Takes a message out; returns the one after it.</summary>
    public Message? Remove(Message message)
    {
        var (before, after) = (message.Before, message.After);
        if (before is null)
        {
            First = after;
        }
        else
        {
            before.After = after;
        }

        if (after is null)
        {
            _last = before;
        }
        else
        {
            after.Before = before;
        }

        message.Before = message.After = null;
        _count--;
        return after;
    }

    /// <summary>Takes all messages out, oldest first.</summary>
    public List<Message> TakeAll()
    {
        var all = new List<Message>(_count);
        while (First is { } message)
        {
            all.Add(message);
            Remove(message);
        }

        return all;
    }
}
