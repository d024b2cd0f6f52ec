using System.Globalization;

namespace ActorShop.Generators.Model;

/// <summary>What a method hands back.</summary>
internal enum ReturnKind
{
    Void,
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
}

/// <summary>A grain, observer or extension interface.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">Its name in C#.</param>
/// <param name="Identifier">What the names of its generated types begin with.</param>
/// <param name="Methods">Its methods and those it inherits, ordered by declaring type and id.</param>
internal sealed record InterfaceModel(string Name, string Type, string Identifier, EquatableArray<MethodModel> Methods);

/// <summary>A method that can be called from afar.</summary>
/// <param name="DeclaringType">The interface that declares it, in C#.</param>
/// <param name="Name">Its name in C#.</param>
/// <param name="Id">Its name on the wire.</param>
/// <param name="Invokable">The generated type of its calls.</param>
/// <param name="IsOwn">Whether that type is generated with this interface; else with the one that declares the method.</param>
/// <param name="Kind">What it hands back.</param>
/// <param name="ReturnType">The whole return type.</param>
/// <param name="Result">The result, where there is one.</param>
/// <param name="Options">The names of the options its attributes ask for, joined by <c>|</c>.</param>
/// <param name="TimeoutTicks">The time-out its attribute states.</param>
/// <param name="Parameters">In order.</param>
internal sealed record MethodModel(
    string DeclaringType,
    string Name,
    string Id,
    string Invokable,
    bool IsOwn,
    ReturnKind Kind,
    string ReturnType,
    ValueModel? Result,
    string? Options,
    long? TimeoutTicks,
    EquatableArray<ParameterModel> Parameters)
{
    public bool CopiesResult => Result is { IsImmutable: false };
}

/// <summary>A parameter; the token of cancellation is one that does not travel.</summary>
internal sealed record ParameterModel(int Index, ValueModel Value, bool IsToken)
{
    public string Number => Index.ToString(CultureInfo.InvariantCulture);

    public string Field => $"Argument{Number}";

    public string Name => $"argument{Number}";
}
