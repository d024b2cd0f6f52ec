using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A virtual actor as its callers see it: an identity with behaviour that always exists.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a <see cref="Guid"/>.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>A grain whose key is a <see cref="long"/>.</summary>
    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>A grain whose key is a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain whose key is a <see cref="Guid"/> and a string.</summary>
    public interface IGrainWithGuidCompoundKey : IGrain;

    /// <summary>A grain whose key is a <see cref="long"/> and a string.</summary>
    public interface IGrainWithIntegerCompoundKey : IGrain;

    /// <summary>An object outside the grains that grains may call, for as long as its owner keeps it alive.</summary>
    public interface IGrainObserver : IAddressable;
}

namespace Orleans.Runtime
{
    /// <summary>Anything that messages can be addressed to.</summary>
    public interface IAddressable;

    /// <summary>Behaviour that is added to grains of other interfaces.</summary>
    public interface IGrainExtension : IAddressable;
}
