using Microsoft.CodeAnalysis;

namespace ActorShop.Generators;

/// <summary>What the generator has to say about contracts. README.md has the table with causes and remedies.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor ReturnType = Error(
        "ASHOP001", "A grain method returns a task", "'{0}' returns '{1}': a grain method returns Task, Task<T>, ValueTask or ValueTask<T>, that of an observer also void");

    public static readonly DiagnosticDescriptor Tokens = Error(
        "ASHOP002", "A grain method takes one CancellationToken at most", "'{0}' takes more than one CancellationToken");

    public static readonly DiagnosticDescriptor ByReference = Error(
        "ASHOP003", "Arguments travel by value", "The parameter '{0}' of '{1}' is passed by reference, which does not cross a grain boundary");

    public static readonly DiagnosticDescriptor CannotCross = Error(
        "ASHOP004", "A type has no codec", "'{0}' cannot cross a grain boundary: '{1}' has no codec; give it [GenerateSerializer] or use another type");

    public static readonly DiagnosticDescriptor DuplicateId = Error(
        "ASHOP005", "Two members share an id", "'{0}' has the id {1} of another member");

    public static readonly DiagnosticDescriptor MissingId = Warning(
        "ASHOP006", "A member is left out", "'{0}' has no [Id] and is silently left out; give it one, or mark its field [NonSerialized]");

    public static readonly DiagnosticDescriptor DuplicateAlias = Error(
        "ASHOP007", "Two types share an alias", "The alias '{0}' of '{1}' is also that of '{2}'");

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "ASHOP008", "A serializable type is out of reach", "'{0}' cannot be reached by generated code: make it, and what encloses it, at least internal");

    public static readonly DiagnosticDescriptor Misplaced = Error(
        "ASHOP009", "An attribute belongs on the interface", "[{0}] has no effect on '{1}': it belongs on the method of the grain interface");

    public static readonly DiagnosticDescriptor Generic = Error(
        "ASHOP010", "Grain interfaces and their methods are not generic", "'{0}' has type parameters, which grain interfaces and their methods do not have on this engine");

    public static readonly DiagnosticDescriptor NotAMethod = Error(
        "ASHOP011", "A grain interface has methods only", "'{0}' is neither a method nor static: a grain interface has methods only");

    public static readonly DiagnosticDescriptor DuplicateMethod = Error(
        "ASHOP012", "Two methods share an id", "The id '{0}' of '{1}' is also that of another method of the interface");

    public static readonly DiagnosticDescriptor NotSettable = Error(
        "ASHOP013", "A member cannot be set", "'{0}' has an [Id] but neither a setter nor a field behind it");

    public static readonly DiagnosticDescriptor AsyncEnumerable = Error(
        "ASHOP014", "Asynchronous sequences are not supported", "'{0}' returns an asynchronous sequence, which this engine does not carry; page, or use a stream");

    public static readonly DiagnosticDescriptor Timeout = Error(
        "ASHOP015", "A time-out is malformed", "'{0}' is not a positive time span such as \"00:00:05\"");

    private static DiagnosticDescriptor Error(string id, string title, string message) => Rule(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Rule(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity) => new(
        id, title, message, "ActorShop.Contracts", severity, isEnabledByDefault: true);
}
