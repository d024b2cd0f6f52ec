using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>Consistent hashing: each silo has many points on a circle, and owns what lies before them.</summary>
/// <remarks>
/// A silo that joins takes a little from each, one that leaves gives a little to each. What a silo owns in the ring of some
/// silos it owns in the ring of any of them to which it belongs: the hand-over rests on that.
/// </remarks>
internal sealed class DirectoryRing
{
    // With so many points the largest share of three silos is within a sixth of the mean.
    private const int PointsPerSilo = 128;

    private readonly uint[] _points;
    private readonly SiloAddress[] _owners;

    public DirectoryRing(IEnumerable<SiloAddress> silos)
    {
        var points = silos
            .SelectMany(static silo => Enumerable.Range(0, PointsPerSilo).Select(number => (Point: PointOf(silo, number), Silo: silo)))
            .OrderBy(static point => point.Point)
            .ThenBy(static point => point.Silo)
            .ToArray();
        _points = Array.ConvertAll(points, static point => point.Point);
        _owners = Array.ConvertAll(points, static point => point.Silo);
    }

    /// <summary>Whether nobody owns anything.</summary>
    public bool IsEmpty => _points.Length == 0;

    /// <summary>Who owns a grain's entry; null in an empty ring.</summary>
    public SiloAddress? OwnerOf(GrainId grain)
    {
        if (IsEmpty)
        {
            return null;
        }

        var index = Array.BinarySearch(_points, Mix(grain.GetUniformHashCode()));
        index = index < 0 ? ~index : index;
        return _owners[index == _owners.Length ? 0 : index];
    }

    private static uint PointOf(SiloAddress silo, int number) =>
        Mix(unchecked((uint)silo.GetConsistentHashCode() + ((uint)number * 0x9E3779B9)));

    // The hash of short keys of one type is not spread well enough by itself.
    private static uint Mix(uint value)
    {
        unchecked
        {
            value = (value ^ (value >> 16)) * 0x85EBCA6B;
            value = (value ^ (value >> 13)) * 0xC2B2AE35;
            return value ^ (value >> 16);
        }
    }
}
