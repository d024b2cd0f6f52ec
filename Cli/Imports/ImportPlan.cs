namespace ActorShop.Cli.Imports;

/// <param name="IsDry">Whether the shop only checks.</param>
/// <param name="Restore">Whether archived products are restored.</param>
internal sealed record ImportPlan(bool IsDry = false, bool Restore = false);
