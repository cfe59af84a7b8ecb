//! What every request builder and every client builder has, word for word.

/// Gives a request builder (a struct with the one field `request: Request`) what all of
/// them have.
#[doc(hidden)]
#[macro_export]
macro_rules! request_methods {
    ($builder:ident, $output:ty, $error:ty, $decode:expr $(,)?) => {
        impl $builder {
            /// Sets the time that one attempt may take, the answer's body included.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.request.timeout(timeout);
                self
            }

            /// Sets the time that all attempts, and the pauses between, may take together.
            pub fn total_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.request.total_timeout(timeout);
                self
            }

            /// Sets how often the request is sent again where that may help.
            pub fn retries(mut self, retries: u32) -> Self {
                self.request.retries(retries);
                self
            }

            /// Sets a header. It replaces one that the SDK would send.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.request.header(name, value);
                self
            }

            /// Sends the request; the same as awaiting the builder.
            pub fn send(self) -> $crate::runtime::Pending<$output, $error> {
                self.request.send($decode)
            }

            /// Sends the request, and returns the status and the headers too.
            pub fn with_response(
                self,
            ) -> $crate::runtime::Pending<$crate::runtime::Response<$output>, $error>
            {
                self.request.send_with_response($decode)
            }

            /// Sends the request, and returns the answer as it came. An answer that is no
            /// success is an error all the same.
            pub fn raw(
                self,
            ) -> $crate::runtime::Pending<$crate::runtime::RawResponse, $error> {
                self.request.raw()
            }

            /// Makes the HTTP request, credentials included, without sending it.
            pub fn build(
                self,
            ) -> $crate::runtime::Pending<
                $crate::runtime::HttpRequest<$crate::runtime::Body>,
                $error,
            > {
                self.request.build()
            }
        }

        impl ::std::future::IntoFuture for $builder {
            type Output = ::std::result::Result<$output, $crate::runtime::Error<$error>>;
            type IntoFuture = $crate::runtime::Pending<$output, $error>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

/// Gives a client builder (a struct with the one field `core: CoreBuilder`) what all of them
/// have; the client is a struct with the one field `core: Core`.
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder_methods {
    ($builder:ident, $client:ident, $error:ty $(,)?) => {
        impl $builder {
            /// Sets the base address, which all paths are appended to.
            pub fn base_url(
                mut self,
                base_url: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.core.base_url(base_url);
                self
            }

            /// Sets the time that one attempt may take, the answer's body included: 30 s
            /// where nothing is set.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.timeout(::std::option::Option::Some(timeout));
                self
            }

            /// Sets the time that a call may take: all attempts, the pauses between them, and
            /// the wait for a credential. Attempts are cut to what is left, and no pause is
            /// begun that would end later. Where nothing is set there is no such limit. Of a
            /// list it limits each page, of a stream the wait for its beginning.
            pub fn total_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.total_timeout(timeout);
                self
            }

            /// Takes the limit of time of an attempt away.
            pub fn no_timeout(mut self) -> Self {
                self.core.timeout(::std::option::Option::None);
                self
            }

            /// Sets the time that connecting may take: 10 s where nothing is set. It is for
            /// the transport that the client makes itself.
            pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.connect_timeout(timeout);
                self
            }

            /// Sets how often a request is sent again where that may help: twice where
            /// nothing is set.
            pub fn retries(mut self, retries: u32) -> Self {
                self.core.retries(retries);
                self
            }

            /// Sets how often a request is sent again, and after which pauses.
            pub fn retry_policy(mut self, policy: $crate::runtime::RetryPolicy) -> Self {
                self.core.retry_policy(policy);
                self
            }

            /// Sets the largest answer that is read: 64 MiB where nothing is set.
            pub fn max_body_bytes(mut self, limit: usize) -> Self {
                self.core.max_body_bytes(limit);
                self
            }

            /// Appends to the `User-Agent` header: `my-app/1.2`.
            pub fn user_agent(mut self, product: &str) -> Self {
                self.core.user_agent(product);
                self
            }

            /// Sets a header of every request.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.core.header(name, value);
                self
            }

            /// Sets what sends the requests.
            pub fn transport(
                mut self,
                transport: impl $crate::runtime::Transport,
            ) -> Self {
                self.core.transport(transport);
                self
            }

            /// Sets the clock of pauses and time limits.
            pub fn timer(mut self, timer: impl $crate::runtime::Timer) -> Self {
                self.core.timer(timer);
                self
            }

            /// Builds the client, or says what is wrong: an address, a credential.
            pub fn build(
                self,
            ) -> ::std::result::Result<$client, $crate::runtime::Error<$error>> {
                ::std::result::Result::Ok($client { core: self.core.build()? })
            }
        }

        $crate::client_builder_reqwest!($builder);
    };
}

/// The part of [`client_builder_methods`] that depends on a feature: of this crate, not of
/// the one that calls the macro.
#[cfg(feature = "reqwest")]
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder_reqwest {
    ($builder:ident) => {
        impl $builder {
            /// Changes how the client's own transport is built: a proxy, certificates, how many
            /// connections are kept. Redirects are not followed whatever it says. It counts
            /// only where neither `transport` nor `reqwest_client` is set.
            pub fn reqwest<F>(mut self, configure: F) -> Self
            where
                F: ::std::ops::Fn(
                        $crate::runtime::ReqwestClientBuilder,
                    ) -> $crate::runtime::ReqwestClientBuilder
                    + ::std::marker::Send
                    + ::std::marker::Sync
                    + 'static,
            {
                self.core.reqwest(configure);
                self
            }

            /// Sends through a `reqwest::Client` of the caller's own. It must follow no
            /// redirects (`reqwest::redirect::Policy::none()`): credentials in headers would
            /// follow them, and an answer from another origin is an error.
            pub fn reqwest_client(
                mut self,
                client: $crate::runtime::ReqwestClient,
            ) -> Self {
                self.core.transport($crate::runtime::ReqwestTransport::from(client));
                self
            }
        }
    };
}

/// Without the feature there is nothing to add.
#[cfg(not(feature = "reqwest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder_reqwest {
    ($builder:ident) => {};
}
