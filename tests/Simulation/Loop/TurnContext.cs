using System.Reflection;

namespace ActorShop.Simulation;

/// <summary>The grain whose turn it is. Orleans keeps it in a thread static of an internal class, which base classes and storage facets read.</summary>
internal static class TurnContext
{
    private const string TypeName = "Orleans.Runtime.RuntimeContext";

    private static readonly Accessors RuntimeContext = Bind(typeof(IGrainContext).Assembly.GetType(TypeName));

    private delegate void SetContext(IGrainContext? context, out IGrainContext? before);

    public static IGrainContext? Current => RuntimeContext.Get();

    public static void Set(IGrainContext? context) => RuntimeContext.Set(context, out _);

    /// <summary>Binds to the internal class, or says that this version of Orleans has moved it.</summary>
    internal static Accessors Bind(Type? type)
    {
        var set = type?.GetMethod("SetExecutionContext", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public);
        var get = type?.GetProperty("Current", BindingFlags.Static | BindingFlags.Public)?.GetMethod;
        try
        {
            return new(set!.CreateDelegate<SetContext>(), get!.CreateDelegate<Func<IGrainContext?>>());
        }
        catch (Exception fault) when (fault is NullReferenceException or ArgumentException)
        {
            throw new SimulationException(
                $"The simulator sets the current grain through the internal members Current and SetExecutionContext(IGrainContext, out IGrainContext) of {TypeName}. "
                + $"{typeof(IGrainContext).Assembly.GetName()} does not have them (found: {type?.FullName ?? "no such type"}). "
                + $"Find where this version of Orleans keeps the current grain context, and change {nameof(TurnContext)}.");
        }
    }

    internal sealed record Accessors(Delegate SetDelegate, Func<IGrainContext?> Get)
    {
        public void Set(IGrainContext? context, out IGrainContext? before) => ((SetContext)SetDelegate)(context, out before);
    }
}
