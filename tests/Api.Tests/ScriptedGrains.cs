using System.Reflection;

namespace ActorShop.Api;

/// <summary>Grains with scripted answers, which record their calls. Methods without a script answer with a sample.</summary>
internal sealed class ScriptedGrains
{
    private readonly Dictionary<string, Func<object?[], object?>> _script = new(StringComparer.Ordinal);
    private readonly List<Call> _calls = [];

    public ScriptedGrains()
    {
        Factory = DispatchProxy.Create<IGrainFactory, FactoryProxy>();
        ((FactoryProxy)Factory).Grains = this;
        On<IExternalIdGrain>(nameof(IExternalIdGrain.ClaimAsync), static arguments => arguments[0]);
        On<IIdempotencyGrain>(nameof(IIdempotencyGrain.FinishAsync), static arguments => arguments[1]);
    }

    public IGrainFactory Factory { get; }

    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Answers a method with a value, a task, or by throwing.</summary>
    public void On<TGrain>(string method, Func<object?[], object?> answer) => On(typeof(TGrain), method, answer);

    public void On(Type grain, string method, Func<object?[], object?> answer) => _script[$"{grain.Name}.{method}"] = answer;

    private Task Answer(Type grain, string key, MethodInfo method, object?[] arguments)
    {
        lock (_calls)
        {
            _calls.Add(new Call(grain, key, method.Name, arguments));
        }

        var result = method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0] : null;
        if (!_script.TryGetValue($"{grain.Name}.{method.Name}", out var answer))
        {
            return result is null ? Task.CompletedTask : Samples.Completed(result, Samples.Make(result));
        }

        try
        {
            return answer(arguments) switch
            {
                Task task => task,
                var value => result is null ? Task.CompletedTask : Samples.Completed(result, value),
            };
        }
        catch (Exception fault)
        {
            return result is null ? Task.FromException(fault) : Samples.Failed(result, fault);
        }
    }

    internal sealed record Call(Type Grain, string Key, string Method, object?[] Arguments);

#pragma warning disable CA1852 // The framework derives from proxies.
    internal class FactoryProxy : DispatchProxy
    {
        internal ScriptedGrains Grains { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var grain = targetMethod!.GetGenericArguments()[0];
            var proxy = (GrainProxy)Create(grain, typeof(GrainProxy));
            proxy.Grains = Grains;
            proxy.Grain = grain;
            proxy.Key = Convert.ToString(args![0], System.Globalization.CultureInfo.InvariantCulture)!;
            return proxy;
        }
    }

    internal class GrainProxy : DispatchProxy
    {
        internal ScriptedGrains Grains { get; set; } = null!;

        internal Type Grain { get; set; } = null!;

        internal string Key { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Grains.Answer(Grain, Key, targetMethod!, args ?? []);
    }
#pragma warning restore CA1852
}
