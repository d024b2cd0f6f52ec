namespace ActorShop.Models.Checkout;

/// <summary>What an implementation might do instead. <see cref="Finding"/> says what each means.</summary>
internal enum Shortcut
{
    /// <summary>The design.</summary>
    None,
    ReservationExpires,
    StockFreesForUnknownOrder,
    CounterFreesForUnknownOrder,
    CartReopensForUnknownOrder,
    AdoptionWithoutVersion,
    RandomOrderIds,
    SettleBesideCart,
    FailWithoutVoid,
    AttemptWithoutVersion,
    VoidBeforeCompensating,
    AllocationWithoutLedger,
    ConfirmBesideReservation,
    ProviderBesideIntent,
    CartNotWritten,
    CartWrittenAfterAnswer,
    NoIntent,
    VoidNotFinal,
    ConfirmOverCompensating,
    EditWithoutAsking,
    BaseInMemory,
    RefusalBeforeCart,
    QuestionOnlyKeeps,
    CancelBeforeCounted,
}
