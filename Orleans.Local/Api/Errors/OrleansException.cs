namespace Orleans.Runtime
{
    /// <summary>An error of the runtime.</summary>
    [GenerateSerializer]
    public class OrleansException : Exception
    {
        /// <summary>Makes the exception.</summary>
        public OrleansException()
        {
        }

        /// <summary>Makes the exception.</summary>
        /// <param name="message">What happened.</param>
        public OrleansException(string message)
            : base(message)
        {
        }

        /// <summary>Makes the exception.</summary>
        /// <param name="message">What happened.</param>
        /// <param name="innerException">Why.</param>
        public OrleansException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>A request could not be delivered; it did not run.</summary>
    [GenerateSerializer]
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message, Exception? innerException = null)
            : base(message, innerException)
        {
        }
    }

    /// <summary>A silo that the request needed is not there.</summary>
    [GenerateSerializer]
    public sealed class SiloUnavailableException : OrleansMessageRejectionException
    {
        /// <summary>Makes the exception.</summary>
        public SiloUnavailableException()
            : base("A silo is not available.")
        {
        }

        /// <summary>Makes the exception.</summary>
        /// <param name="msg">What happened.</param>
        public SiloUnavailableException(string msg)
            : base(msg)
        {
        }

        /// <summary>Makes the exception.</summary>
        /// <param name="message">What happened.</param>
        /// <param name="innerException">Why.</param>
        public SiloUnavailableException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}

namespace Orleans.Serialization
{
    /// <summary>A type may not cross a grain call.</summary>
    /// <param name="message">Which type and member, and what is missing.</param>
    /// <param name="innerException">The exception that may not cross; null when it is another object.</param>
    [GenerateSerializer]
    public sealed class CodecNotFoundException(string message, Exception? innerException = null) : Exception(message, innerException);
}
