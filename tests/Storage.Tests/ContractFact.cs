using Xunit.Abstractions;
using Xunit.Sdk;

namespace ActorShop.Storage;

/// <summary>A fact of a contract: left out where what its class needs is not on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ActorShop.Storage.ContractFactDiscoverer", "ActorShop.Storage.Tests")]
public sealed class ContractFactAttribute : FactAttribute;

[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ActorShop.Storage.ContractTheoryDiscoverer", "ActorShop.Storage.Tests")]
public sealed class ContractTheoryAttribute : TheoryAttribute;

/// <summary>Says what a class of tests needs, and why it is not there.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    public abstract string? Absent { get; }

    internal static string? AbsentFor(ITestMethod method) =>
        (method.TestClass.Class.ToRuntimeType().GetCustomAttributes(typeof(NeedsAttribute), inherit: true).SingleOrDefault() as NeedsAttribute)?.Absent;
}

public sealed class ContractFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        NeedsAttribute.AbsentFor(testMethod) is null
            ? base.CreateTestCase(discoveryOptions, testMethod, factAttribute)
            : new LeftOutTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod);
}

public sealed class ContractTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        NeedsAttribute.AbsentFor(testMethod) is { } reason
            ? CreateTestCasesForSkip(discoveryOptions, testMethod, theoryAttribute, reason)
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

public sealed class LeftOutTestCase : XunitTestCase
{
    public LeftOutTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    [Obsolete("For the deserializer alone.")]
    public LeftOutTestCase()
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) => NeedsAttribute.AbsentFor(TestMethod);
}
