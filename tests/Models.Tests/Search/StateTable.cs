using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorShop.Models.Search;

/// <summary>The states that were found, numbered in the order in which they were found.</summary>
internal sealed class StateTable<TState>
    where TState : unmanaged
{
    // In chunks: an array that is doubled needs its memory three times.
    private const int ChunkBits = 14;

    private readonly List<TState[]> _chunks = [];

    // Open addressing, at most half full: a state's number plus one, or zero.
    private int[] _slots = new int[1 << 12];

    public int Count { get; private set; }

    public ref readonly TState this[int number] => ref _chunks[number >> ChunkBits][number & ((1 << ChunkBits) - 1)];

    /// <returns>Whether the state is new.</returns>
    public bool Add(in TState state, out int number)
    {
        if (Count * 2 >= _slots.Length)
        {
            Grow();
        }

        var slot = SlotOf(state);
        number = _slots[slot] - 1;
        if (number >= 0)
        {
            return false;
        }

        if (Count == _chunks.Count << ChunkBits)
        {
            _chunks.Add(new TState[1 << ChunkBits]);
        }

        number = Count++;
        _chunks[^1][number & ((1 << ChunkBits) - 1)] = state;
        _slots[slot] = Count;
        return true;
    }

    private static ReadOnlySpan<ulong> Words(in TState state) =>
        MemoryMarshal.Cast<TState, ulong>(MemoryMarshal.CreateReadOnlySpan(in state, 1));

    private int SlotOf(in TState state)
    {
        var words = Words(state);
        var hash = 0UL;
        foreach (var word in words)
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ word) * 0x9E3779B97F4A7C15;
        }

        var mask = _slots.Length - 1;
        var slot = (int)(hash >> 32) & mask;
        while (_slots[slot] != 0 && !words.SequenceEqual(Words(in this[_slots[slot] - 1])))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var number = 0; number < Count; number++)
        {
            _slots[SlotOf(in this[number])] = number + 1;
        }
    }
}
