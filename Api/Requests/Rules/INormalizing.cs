namespace ActorShop.Api;

/// <summary>A rule of members that are stored in another form than they may arrive in.</summary>
internal interface INormalizing
{
    /// <summary>The stored form of a valid value.</summary>
    object Normalize(object value);
}
