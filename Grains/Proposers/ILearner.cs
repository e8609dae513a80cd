namespace Orleans.Paxos.Proposers;

/// <summary>Who is told what was chosen of one register.</summary>
internal interface ILearner
{
    /// <summary>Raises the floor of a change that waits by what was learned since it was sent.</summary>
    ChangeRequest RaiseFloor(ChangeRequest request);

    /// <summary>Takes in a chosen state, with the entries written, before any change is answered.</summary>
    void Learn(ChosenState chosen, IReadOnlyCollection<RegisterEntry> written);
}
