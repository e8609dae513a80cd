namespace Orleans.Paxos.Proposers;

/// <summary>Is told what was chosen for one register.</summary>
internal interface ILearner
{
    /// <summary>Raises the floor of a waiting change by what was learned since it was sent.</summary>
    ChangeRequest RaiseFloor(ChangeRequest request);

    /// <summary>Takes in a chosen state and the entries that were written, before any change is answered.</summary>
    void Learn(ChosenState chosen, IReadOnlyCollection<RegisterEntry> written);
}
