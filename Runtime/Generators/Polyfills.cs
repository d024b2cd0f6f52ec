namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where <c>init</c> is used; netstandard2.0 lacks it.</summary>
internal static class IsExternalInit;
