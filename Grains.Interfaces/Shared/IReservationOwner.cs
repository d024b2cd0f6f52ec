namespace ActorShop;

/// <summary>A grain for which a stock reserves units: an order.</summary>
[Alias("shared.reservation-owner")]
public interface IReservationOwner : IGrainWithStringKey
{
    /// <summary>What becomes of the units that are reserved for the grain.</summary>
    /// <remarks>A grain of which nothing is stored first stores that it has failed. So the answer holds, whatever is still on its way.</remarks>
    [Alias("reservation-end"), AlwaysInterleave]
    Task<ReservationEnd> GetReservationEndAsync();
}
